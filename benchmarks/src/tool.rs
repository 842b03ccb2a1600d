//! Programs that are run to their end.

use std::process::Command;

use crate::error::{BenchError, io};

/// Runs a program and answers what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String, BenchError> {
    let shown = format!("{command:?}");
    let output = command.output().map_err(io(shown.clone()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let output_text = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(BenchError::Failed { program: shown, status: output.status, output: output_text })
}

/// The command, held to certain cores if any are named.
pub(crate) fn on_cores(program: &str, cores: Option<&str>) -> Command {
    match cores {
        Some(cores) => {
            let mut command = Command::new("taskset");
            command.args(["--cpu-list", cores, program]);
            command
        }
        None => Command::new(program),
    }
}
