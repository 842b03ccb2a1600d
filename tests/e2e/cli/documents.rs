//! `openapi`, `completions`, and the description of the command line.

use std::{fs, process::Command};

use expect_test::expect_file;
use irontrack_cli::Arguments;

use super::{run, run_at_terminal};

/// Every change of the command line shows in review. `UPDATE_EXPECT=1` writes the file anew.
#[test]
fn the_command_line_is_described_in_docs() {
    let options = clap_markdown::MarkdownOptions::new().title("The command line".to_owned()).show_footer(false);
    let text = clap_markdown::help_markdown_command_custom(&Arguments::definition(), &options);
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    expect_file!["../../../docs/cli.md"].assert_eq(&format!("{}\n", lines.join("\n").trim_end()));
}

#[test]
fn the_openapi_document_is_the_committed_one() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let committed = fs::read_to_string(committed).expect("the document");
    let exit = run(&["openapi"], folder.path(), &[]);
    assert!(exit.status.success(), "{}", exit.stderr);
    assert_eq!(exit.stdout, committed.trim_end(), "the harness leaves the last line break out");
    let (code, seen) = run_at_terminal(&["openapi"], folder.path(), &[]);
    assert_eq!((code, seen), (Some(0), committed), "it is the same at a terminal");
}

#[test]
fn shells_get_scripts_that_know_all_groups() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let exit = run(&["completions", shell], folder.path(), &[]);
        assert!(exit.status.success(), "{shell}: {}", exit.stderr);
        for word in ["healthcheck", "rotate", "uds-mode"] {
            assert!(exit.stdout.contains(word), "{shell}: expected {word} in\n{}", exit.stdout);
        }
    }
    let script = folder.path().join("irontrack.bash");
    fs::write(&script, run(&["completions", "bash"], folder.path(), &[]).stdout).expect("a file");
    let complete = format!(
        "source {}; COMP_WORDS=(irontrack keys ro); COMP_CWORD=2; _irontrack irontrack ro keys; echo \"${{COMPREPLY[*]}}\"",
        script.display()
    );
    let output = Command::new("bash").args(["-c", &complete]).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "rotate\n", "{}", String::from_utf8_lossy(&output.stderr));
}
