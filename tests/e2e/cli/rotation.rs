//! `irontrack keys rotate`, and what servers make of the result.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use irontrack_auth::KeyRing;
use irontrack_tests::{
    harness::{App, Process, Session, TestDatabase, password, sign_in, unique_email},
    http::{Client, Request},
};
use serde_json::{Value, json};

use super::{assert_failed, json as report_of, run, run_at_terminal};

/// The identifiers of the keys in a file, the signing one first.
fn ids(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("the keys can be read");
    let ring = KeyRing::from_jwk_text(&text).unwrap_or_else(|error| panic!("expected keys ({error})"));
    ring.key_ids().map(str::to_owned).collect()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text")).collect()
}

#[test]
fn a_new_key_comes_first_and_the_old_ones_stay() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    assert!(run(&["keys", "generate", "--out", "keys.json"], folder.path(), &[]).status.success());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("its mode can be set");
    // Only root may give files away; for everybody else the owner is whoever runs the test.
    let _not_root = chown(&file, Some(12_345), Some(54_321));
    let before = fs::metadata(&file).expect("the file");
    let first = ids(&file);

    let report = report_of(&run(&["keys", "rotate", "keys.json", "--json"], folder.path(), &[]));
    let second = ids(&file);
    assert_eq!(second[1..], first);
    assert_eq!(report["file"], "keys.json");
    assert_eq!(report["new"], *second[0]);
    assert_eq!(strings(&report["kept"]), first);
    assert_eq!(report["removed"].as_array().map(Vec::len), Some(0));
    let steps = strings(&report["next_steps"]).join(" ");
    assert!(steps.contains("Restart every server") && steps.contains("REFRESH_TOKEN_EXPIRE_DAYS"), "{steps}");

    let after = fs::metadata(&file).expect("the file");
    assert_eq!(after.permissions().mode(), before.permissions().mode());
    assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));

    let report = report_of(&run(&["keys", "rotate", "keys.json", "--keep", "2", "--json"], folder.path(), &[]));
    let third = ids(&file);
    assert_eq!(third.len(), 2);
    assert_eq!(strings(&report["kept"]), [second[0].as_str()]);
    assert_eq!(strings(&report["removed"]), [second[1].as_str()]);
    assert_eq!(third[1], second[0]);
    assert!(strings(&report["next_steps"]).join(" ").contains("sign in again"), "{report}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left behind");
}

#[test]
fn people_read_a_table_and_what_to_do() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    assert!(run(&["keys", "generate", "--out", "keys.json"], folder.path(), &[]).status.success());
    let old = ids(&file).remove(0);

    let exit = run(&["keys", "rotate", "keys.json"], folder.path(), &[]);
    let new = ids(&file).remove(0);
    let columns = format!("{new}\tsigns and verifies (new)\n{old}\tverifies\n");
    assert!(exit.stdout.starts_with(&columns), "columns between tabs: {}", exit.stdout);
    assert!(exit.stdout.contains("\n1. Restart every server"), "{}", exit.stdout);

    let (code, seen) = run_at_terminal(&["keys", "rotate", "keys.json", "--keep", "1"], folder.path(), &[]);
    assert_eq!(code, Some(0), "{seen}");
    for text in ["What it does", "────", "1. Restart every server", "removed", &new, &old, &ids(&file)[0]] {
        assert!(seen.contains(text), "expected '{text}' in\n{seen}");
    }
    assert!(!seen.contains("\"d\""), "{seen}");
}

#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    assert!(run(&["keys", "generate", "--out", "keys.json"], folder.path(), &[]).status.success());
    std::os::unix::fs::symlink("keys.json", folder.path().join("link")).expect("a link");
    report_of(&run(&["keys", "rotate", "link", "--json"], folder.path(), &[]));
    assert!(fs::symlink_metadata(folder.path().join("link")).expect("the link").is_symlink());
    assert_eq!(ids(&folder.path().join("keys.json")).len(), 2);
}

#[test]
fn what_cannot_be_rotated_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    for (content, why) in [
        ("", "not valid JSON"),
        ("geheim", "not valid JSON"),
        ("{\"kty\":\"RSA\",\"d\":\"geheim\"}", "\"kty\" must be \"OKP\""),
        ("{\"keys\":[]}", "no key"),
    ] {
        fs::write(&file, content).expect("a file");
        let exit = run(&["keys", "rotate", "keys.json"], folder.path(), &[]);
        assert_failed(&exit, 1, &["keys.json", why]);
        assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
        assert_eq!(fs::read_to_string(&file).expect("the file"), content);
    }
    assert_failed(&run(&["keys", "rotate", "missing.json"], folder.path(), &[]), 1, &["missing.json"]);
    assert_failed(&run(&["keys", "rotate", "."], folder.path(), &[]), 1, &["cannot be read"]);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left behind");
}

/// The keys of a server and of its successors: what was signed before is good as long as its key is in the set.
#[test]
fn servers_sign_with_the_new_key_and_verify_with_the_old_one() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("keys.json");
    assert!(run(&["keys", "generate", "--out", "keys.json"], folder.path(), &[]).status.success());
    let database = TestDatabase::ready();
    let mut environment = App::environment(&database);
    environment.remove("JWT_PRIVATE_KEY");
    environment.insert("JWT_PRIVATE_KEY_FILE".into(), file.to_str().expect("a path").into());
    let serve = || {
        let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1"];
        let mut process = Process::start(&arguments, folder.path(), &environment);
        let address = process.wait_until_ready();
        (process, address)
    };
    let email = unique_email();
    let sign_in = |address: &str| {
        let answer = Client::new().send(address, &sign_in(&email, password())).expect("the server answers");
        Session::of(&answer).access.expect("a token")
    };
    let me = |address: &str, token: &str| {
        let request = Request::new("GET", "/api/v1/access/me").cookie("access_token", token);
        Client::new().send(address, &request).expect("the server answers").status
    };

    let (server, address) = serve();
    let form = json!({"email": email, "password": password(), "confirmPassword": password()});
    let sign_up = Request::new("POST", "/api/v1/access/signup").json(&form);
    assert_eq!(Client::new().send(&address, &sign_up).expect("the server answers").status, 201);
    let old = sign_in(&address);
    assert_eq!(kid(&old), ids(&file)[0]);
    assert_eq!(me(&address, &old), 200);
    drop(server);

    assert!(run(&["keys", "rotate", "keys.json"], folder.path(), &[]).status.success());
    let (server, address) = serve();
    let new = sign_in(&address);
    assert_eq!(kid(&new), ids(&file)[0], "the new key signs");
    assert_ne!(kid(&new), kid(&old));
    assert_eq!((me(&address, &old), me(&address, &new)), (200, 200), "both verify");
    drop(server);

    assert!(run(&["keys", "rotate", "keys.json", "--keep", "2"], folder.path(), &[]).status.success());
    assert!(!ids(&file).contains(&kid(&old)));
    let (_server, address) = serve();
    assert_eq!((me(&address, &old), me(&address, &new)), (401, 200), "a key that is gone verifies nothing");
}

/// The key that a token names.
fn kid(token: &str) -> String {
    let header = token.split('.').next().expect("a header");
    let header = URL_SAFE_NO_PAD.decode(header).expect("a header in base64");
    let header: Value = serde_json::from_slice(&header).expect("a header in JSON");
    header["kid"].as_str().expect("an identifier").to_owned()
}
