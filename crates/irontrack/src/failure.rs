//! Why the program ends early: one line for a person, and an exit code.

use std::{fmt, process::ExitCode};

/// Why the program ends early.
#[derive(Debug)]
pub struct Failure {
    message: String,
    is_usage: bool,
}

impl Failure {
    /// A setting or argument is wrong.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_usage: true }
    }

    /// Something did not work, although it was asked for rightly.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_usage: false }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.is_usage { 2 } else { 1 })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One line, whatever the cause had in it.
        for (i, line) in self.message.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}
