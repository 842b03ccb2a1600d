//! Standard output that is closed, full, or read by somebody who loses interest.

use std::process::{Command, Stdio};

use irontrack_tests::harness::program;

use crate::server_dev::assert_one_line;

/// Runs a line of bash in which `"$irontrack"` is the program. Answers its exit code and its errors.
fn bash(line: &str) -> (Option<i32>, String) {
    let output = Command::new("bash")
        .args(["-o", "pipefail", "-c", line])
        .env("irontrack", program())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .expect("bash runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Runs the program with pipes for output whose readers are gone.
fn unread(arguments: &str, is_stderr_unread: bool) -> (Option<i32>, String) {
    let broken = || {
        let (reader, writer) = std::io::pipe().expect("there is a pipe");
        drop(reader);
        Stdio::from(writer)
    };
    let output = Command::new(program())
        .args(arguments.split(' '))
        .stdin(Stdio::null())
        .stdout(broken())
        .stderr(if is_stderr_unread { broken() } else { Stdio::piped() })
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for command in ["openapi", "completions bash", "--help", "--version", "keys generate", "config check --for dev"] {
        assert_eq!(unread(command, false), (Some(0), String::new()), "{command}");
    }
    assert_eq!(bash("\"$irontrack\" openapi | head -1"), (Some(0), String::new()));
}

#[test]
fn a_failure_that_nobody_reads_is_still_a_failure() {
    assert_eq!(unread("keys rotate /nowhere/key", true).0, Some(1));
    assert_eq!(unread("config check --for", true).0, Some(2));
    assert_eq!(bash("\"$irontrack\" keys rotate /nowhere/key >&- 2>&-"), (Some(1), String::new()));
    assert_eq!(bash("\"$irontrack\" keys generate >&- 2>&-"), (Some(0), String::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one_line() {
    for command in ["openapi", "keys generate", "config check --for dev --json", "completions zsh"] {
        let (code, stderr) = bash(&format!("\"$irontrack\" {command} > /dev/full"));
        assert_eq!(code, Some(1), "{command}: {stderr}");
        assert_one_line(&stderr, "standard output cannot be written");
    }
}
