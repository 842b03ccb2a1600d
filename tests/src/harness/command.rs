//! The program as a command that reads from a pipe.

use std::{
    collections::BTreeMap,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use super::{Exit, process::inherited, program};

/// Runs the program to its end, with this on its standard input and nothing in its environment but this and the path,
/// like [`Process::start`](super::Process::start).
#[must_use]
pub fn run_with_input(arguments: &[&str], folder: &Path, environment: &BTreeMap<String, String>, input: &[u8]) -> Exit {
    let mut child = Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(inherited())
        .envs(environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input is piped");
    let output = std::thread::scope(|scope| {
        // Who does not read to the end has a reason.
        scope.spawn(move || {
            let _read_in_part = stdin.write_all(input);
        });
        child.wait_with_output().expect("the program can be waited for")
    });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches('\n').to_owned();
    Exit { status: output.status, stdout: text(&output.stdout), stderr: text(&output.stderr) }
}
