//! Every scenario works, in a second each: what `just bench` would measure is there, and answered with success.

#![cfg(target_os = "linux")]

use std::{path::Path, process::Command};

use serde_json::Value;

#[test]
fn every_scenario_is_answered() {
    let benchmarks = Path::new(env!("CARGO_BIN_EXE_irontrack-benchmarks"));
    let program = benchmarks.with_file_name("irontrack");
    assert!(program.is_file(), "{} is missing: cargo build --bin irontrack", program.display());
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let mut command = Command::new(benchmarks);
    command.args(["run", "--smoke", "--program"]).arg(&program).arg("--out").arg(folder.path());
    let output = command.output().expect("it can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let report = std::fs::read_to_string(folder.path().join("report.json")).expect("there is a report");
    let report: Value = serde_json::from_str(&report).expect("the report is JSON");
    let scenarios = report["scenarios"].as_array().expect("scenarios");
    assert_eq!(scenarios.len(), 13, "all scenarios: {errors}");
    for scenario in scenarios {
        let run = &scenario["runs"][0];
        assert!(run["answers"].as_u64() > Some(0) && run["errors"] == 0, "{scenario:#}");
    }
    let text = std::fs::read_to_string(folder.path().join("report.md")).expect("there is a report to read");
    assert!(text.contains("| set-append |"), "{text}");
}
