//! Why the program ends early: one line for a person, and an exit code.

use std::{fmt, io::Write, process::ExitCode};

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

    /// 2 for wrong settings and arguments, 1 for everything else.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.is_usage { 2 } else { 1 })
    }

    /// Says why on standard error. Nobody may be reading it any more, which is no reason to panic.
    pub fn report(&self) {
        let _nobody_reads = writeln!(std::io::stderr().lock(), "irontrack: {self}");
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
