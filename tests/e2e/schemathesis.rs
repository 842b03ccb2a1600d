//! schemathesis: thousands of generated requests against the server, judged by its own document. No server error, no
//! status, media type or schema that is not documented, and no operation that answers without its credentials.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, documented_operations, password};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemathesis");

/// Nobody may change or delete the administrator, so that this account lasts.
const KEEPER: &str = "keeper@example.com";

/// The program. Installed once a run, if it is not there yet.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/install-schemathesis.sh");
        let output = Command::new("bash").arg(script).stderr(Stdio::inherit()).output().expect("bash runs");
        assert!(output.status.success(), "expected schemathesis to be installed");
        let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Path::new(&folder).join("bin/st")
    })
}

/// Checks the operations of a document against a server, as somebody of that role.
fn run(app: &App, document: &str, role: Option<Role>, arguments: &[&str]) -> Output {
    let mut mint = app.mint();
    // Whatever it leaves behind goes with this folder.
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let mut command = Command::new(program());
    command
        .args(["--no-color", "--config-file", &format!("{FOLDER}/schemathesis.toml"), "run", document])
        .args(["--url", &app.address])
        .args(arguments)
        .current_dir(&folder)
        .env("PYTHONPATH", FOLDER)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("IRONTRACK_ADDRESS", &app.address)
        .env("IRONTRACK_PASSWORD", password())
        .env_remove("IRONTRACK_EMAIL")
        .stdin(Stdio::null());
    if let Some(role) = role {
        let keeper = mint.person_called(KEEPER, role);
        command.env("IRONTRACK_EMAIL", mint.person(role).email).env("IRONTRACK_OTHER_EMAIL", keeper.email);
    }
    command.output().expect("schemathesis runs")
}

fn check(role: Option<Role>) {
    let app = App::start_with(&[("ADMIN_EMAIL", KEEPER)]);
    let document = format!("{}/openapi.json", app.address);
    let output = run(&app, &document, role, &[]);
    let report = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "schemathesis found something as {role:?}:\n{report}\n{errors}");
    let all = format!("{0} selected / {0} total", documented_operations().len());
    assert!(report.contains(&all), "expected all operations to be checked ({all}):\n{report}");
    assert!(!app.process.log().contains("panicked"), "expected no panic:\n{report}");
    app.database.assert_invariants(false);
    println!("{role:?}:\n{report}");
}

#[test]
fn anonymous_requests_are_answered_as_documented() {
    check(None);
}

#[test]
fn requests_of_a_user_are_answered_as_documented() {
    check(Some(Role::ApplicationAccess));
}

#[test]
fn requests_of_a_trainer_are_answered_as_documented() {
    check(Some(Role::FitnessTrainer));
}

#[test]
fn requests_of_a_superuser_are_answered_as_documented() {
    check(Some(Role::Superuser));
}

/// A document that promises something else is noticed: the checks above can fail.
#[test]
fn a_broken_promise_is_noticed() {
    let app = App::start();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let broken = |name: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let mut document = serde_json::to_value(irontrack_http::openapi()).expect("the document is JSON");
        change(&mut document);
        let path = folder.path().join(name);
        std::fs::write(&path, document.to_string()).expect("the document can be written");
        path.to_string_lossy().into_owned()
    };
    let me = "/api/v1/access/me";
    let documents = [
        (
            "Undocumented status code",
            "AccountProfile",
            broken("status.json", &|document| {
                let responses = document["paths"][me]["get"]["responses"].take();
                document["paths"][me]["get"]["responses"] = serde_json::json!({"201": responses["200"]});
            }),
        ),
        (
            "Response violates schema",
            "AccountProfile",
            broken("schema.json", &|document| {
                document["components"]["schemas"]["UserAuth"]["properties"]["email"] =
                    serde_json::json!({"type": "integer"});
            }),
        ),
        (
            "accepts requests without authentication",
            "SystemHealth",
            broken("auth.json", &|document| {
                document["paths"]["/health"]["get"]["security"] = serde_json::json!([{"accessCookie": []}]);
            }),
        ),
    ];
    for (finding, operation, document) in documents {
        app.database.connect().execute("DELETE FROM user_account", &[]).expect("accounts can be deleted");
        let output = run(&app, &document, Some(Role::ApplicationAccess), &["--include-operation-id", operation]);
        let report = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(1) && report.contains(finding), "expected '{finding}':\n{report}");
    }
}
