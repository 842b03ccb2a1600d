//! The commands besides the servers: what they print, how they fail, and that they never wait for somebody who is not
//! there.

pub(crate) mod admin;
mod audit;
mod catalog;
mod config;
mod database;
mod demo;
mod documents;
mod healthcheck;
mod import;
mod keys;
mod pgbouncer;
mod programmes;
mod progress;
mod refusals;
mod revocation;
mod rotation;
mod streams;
mod user_export;
mod user_import;
mod users;
mod version;

use std::{collections::BTreeMap, path::Path};

use irontrack_tests::harness::{Exit, Process, Terminal};
use serde_json::Value;

use crate::server_dev::assert_one_line;

/// Runs a command to its end, without a terminal and without input.
pub(crate) fn run(arguments: &[&str], folder: &Path, environment: &[(&str, &str)]) -> Exit {
    Process::start(arguments, folder, &owned(environment)).wait()
}

/// Runs a command at a terminal. Answers its exit code and what was to be seen.
fn run_at_terminal(arguments: &[&str], folder: &Path, environment: &[(&str, &str)]) -> (Option<i32>, String) {
    let (status, seen) = Terminal::start(arguments, folder, &owned(environment)).wait();
    (status.code(), seen)
}

fn owned(environment: &[(&str, &str)]) -> BTreeMap<String, String> {
    environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The JSON that a successful command has printed, as one line.
pub(crate) fn json(exit: &Exit) -> Value {
    assert_eq!(exit.status.code(), Some(0), "{}", exit.stderr);
    assert_eq!(exit.stderr, "");
    parse(&exit.stdout)
}

fn parse(text: &str) -> Value {
    assert_eq!(text.lines().count(), 1, "expected one line: {text}");
    serde_json::from_str(text).unwrap_or_else(|error| panic!("expected JSON ({error}): {text}"))
}

/// The command has failed with this code, and with one line that contains these texts.
pub(crate) fn assert_failed(exit: &Exit, code: i32, contains: &[&str]) {
    assert_eq!(exit.status.code(), Some(code), "{exit:?}");
    assert_eq!(exit.stderr.lines().count(), 1, "expected one line: {}", exit.stderr);
    for text in contains {
        assert_one_line(&exit.stderr, text);
    }
}

#[test]
fn wrong_arguments_exit_with_2_and_a_usage_message() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for arguments in [
        &["keys"][..],
        &["keys", "rotate"],
        &["keys", "rotate", "x", "--keep", "0"],
        &["keys", "generate", "--out"],
        &["config"],
        &["config", "check", "--for", "both"],
        &["healthcheck", "--port", "0"],
        &["healthcheck", "--port", "1", "--uds", "x"],
        &["healthcheck", "--timeout", "0"],
        &["completions"],
        &["completions", "tcsh"],
        &["openapi", "--json"],
        &["progress"],
        &["progress", "show", "jo@example.com"],
        &["progress", "show", "jo@example.com", "Squat", "--metric", "sets"],
        &["help"],
    ] {
        let exit = run(arguments, folder.path(), &[]);
        assert_eq!(exit.status.code(), Some(2), "{arguments:?}: {exit:?}");
        assert!(exit.stderr.contains("Usage:") || exit.stderr.starts_with("error:"), "{arguments:?}: {}", exit.stderr);
        assert_eq!(exit.stdout, "", "{arguments:?}");
    }
}

#[test]
fn help_is_there_for_every_command() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let mut commands = vec![(Vec::new(), irontrack_cli::Arguments::definition())];
    let mut asked = 0;
    while let Some((path, command)) = commands.pop() {
        for flag in ["--help", "-h"] {
            let arguments: Vec<&str> = path.iter().map(String::as_str).chain([flag]).collect();
            let exit = run(&arguments, folder.path(), &[]);
            assert!(exit.status.success() && exit.stdout.contains("Usage: irontrack"), "{arguments:?}: {exit:?}");
            asked += 1;
        }
        for child in command.get_subcommands() {
            let path = path.iter().cloned().chain([child.get_name().to_owned()]).collect();
            commands.push((path, child.clone()));
        }
    }
    assert!(asked > 20, "only {asked} commands");
}
