//! What can go wrong while something is measured.

use std::{io, path::PathBuf, process::ExitStatus};

use thiserror::Error;

/// A measurement that could not be made. A number is never reported in its place.
#[derive(Debug, Error)]
pub(crate) enum BenchError {
    /// A program could not be started, or a file not be read.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: io::Error,
    },
    /// A program failed.
    #[error("{program} ended with {status}: {output}")]
    Failed {
        /// The program with its arguments.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote to standard error.
        output: String,
    },
    /// A program printed something else than expected.
    #[error("unexpected output of {program}: {output}")]
    Output {
        /// The program.
        program: &'static str,
        /// What it printed.
        output: String,
    },
    /// The server answered something else than expected.
    #[error("{request}: {problem}")]
    Answer {
        /// Method and path.
        request: String,
        /// What came instead.
        problem: String,
    },
    /// A scenario met errors, so that its figures would say nothing.
    #[error("{scenario}: {count} answers were errors")]
    Errors {
        /// The scenario.
        scenario: &'static str,
        /// How many answers were not successful.
        count: u64,
    },
    /// Some scenarios could not be measured; the report says why.
    #[error("{0} scenario(s) could not be measured")]
    Incomplete(usize),
    /// A tool is not installed.
    #[error("{0} is missing; benchmarks/SETUP.md says how to install it")]
    Missing(PathBuf),
    /// The database refused a statement.
    #[error("the database refused: {0}")]
    Database(#[from] postgres::Error),
    /// The cluster did not start.
    #[error(transparent)]
    Cluster(#[from] irontrack_embedded::EmbeddedError),
}

/// Adds what was tried to an error of the operating system.
pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> BenchError {
    move |source| BenchError::Io { what: what.into(), source }
}
