//! `irontrack keys generate`.

use std::{fs, os::unix::fs::PermissionsExt};

use irontrack_auth::KeyRing;
use serde_json::Value;

use super::{assert_failed, json, parse, run, run_at_terminal};

/// The identifiers of usable keys.
fn ids(text: &str) -> Vec<String> {
    let ring = KeyRing::from_jwk_text(text).unwrap_or_else(|error| panic!("expected keys ({error})"));
    ring.key_ids().map(str::to_owned).collect()
}

#[test]
fn a_new_key_is_one_line() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let [one, two] = [(); 2].map(|()| run(&["keys", "generate"], folder.path(), &[]));
    let jwk = json(&one);
    let members: Vec<&String> = jwk.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["kty", "crv", "x", "d", "kid", "use", "alg"]);
    assert_eq!(ids(&one.stdout), [jwk["kid"].as_str().expect("an identifier")]);
    assert_ne!(one.stdout, two.stdout);
    let (code, seen) = run_at_terminal(&["keys", "generate"], folder.path(), &[]);
    assert_eq!((code, ids(&seen).len()), (Some(0), 1), "it is the same at a terminal");
    assert_eq!(seen.lines().count(), 1);
    assert_eq!(ids(&run(&["keys", "generate", "--json"], folder.path(), &[]).stdout).len(), 1);
}

#[test]
fn a_set_has_one_key_in_it() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let exit = run(&["keys", "generate", "--set"], folder.path(), &[]);
    assert_eq!(json(&exit)["keys"].as_array().map(Vec::len), Some(1), "one key");
    assert_eq!(ids(&exit.stdout).len(), 1);
}

#[test]
fn a_file_is_private_and_never_overwritten() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("key.json");
    for (arguments, name) in
        [(&["keys", "generate", "--out"][..], "key.json"), (&["keys", "generate", "--set", "--out"], "set.json")]
    {
        let exit = run(&[arguments, &[name]].concat(), folder.path(), &[]);
        assert!(exit.status.success() && exit.stderr.is_empty(), "{exit:?}");
        let content = fs::read_to_string(folder.path().join(name)).expect("the key");
        let key = ids(&content);
        assert_eq!((key.len(), content.lines().count()), (1, 1), "{name}");
        assert!(content.ends_with('\n'));
        assert_eq!(exit.stdout, format!("{name} holds the new key {}", key[0]));
        let mode = fs::metadata(folder.path().join(name)).expect("the key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }

    let before = fs::read(&file).expect("the key");
    let again = run(&["keys", "generate", "--out", "key.json"], folder.path(), &[]);
    assert_failed(&again, 1, &["key.json", "exists"]);
    assert_eq!(again.stdout, "");
    assert_eq!(fs::read(&file).expect("the key"), before);

    let nowhere = run(&["keys", "generate", "--out", "nowhere/key.json"], folder.path(), &[]);
    assert_failed(&nowhere, 1, &["nowhere/key.json"]);

    let exit = run(&["keys", "generate", "--json", "--out", "third.json"], folder.path(), &[]);
    let third = ids(&fs::read_to_string(folder.path().join("third.json")).expect("the key"));
    assert_eq!(json(&exit), serde_json::json!({"kid": third[0], "file": "third.json"}));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 3, "nothing is left behind");
}

/// A server takes what `keys generate --out` has written: see `rotation.rs`. Here, that it takes what is printed.
#[test]
fn a_server_takes_a_printed_key() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let key = run(&["keys", "generate"], folder.path(), &[]).stdout;
    let exit = run(&["config", "check", "--for", "dev", "--json"], folder.path(), &[("JWT_PRIVATE_KEY", &key)]);
    let kid = parse(&key)["kid"].as_str().expect("an identifier").to_owned();
    let settings = json(&exit)["settings"].clone();
    let shown = settings.as_array().expect("a list").iter().find(|one| one["name"] == "JWT_PRIVATE_KEY");
    assert_eq!(shown.map(|one| &one["value"]), Some(&Value::from(format!("*** (signs: {kid})"))));
}
