//! Somebody who administers a database from the command line.

use irontrack_tests::harness::{Exit, Terminal, TestDatabase, run_with_input};
use serde_json::Value;
use tempfile::TempDir;

use super::{json, owned, run};

/// Somebody who administers a database.
pub(crate) struct Admin<'a> {
    pub(super) folder: TempDir,
    pub(super) environment: Vec<(&'a str, &'a str)>,
}

impl<'a> Admin<'a> {
    pub(crate) fn of(database: &'a TestDatabase) -> Self {
        Self::with(&[("DATABASE_URL", &database.url)])
    }

    pub(crate) fn with(environment: &[(&'a str, &'a str)]) -> Self {
        Self { folder: tempfile::tempdir().expect("there is a temporary folder"), environment: environment.to_vec() }
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Exit {
        run(arguments, self.folder.path(), &self.environment)
    }

    /// Runs a command that must succeed, without a word on standard error; answers what it printed.
    pub(super) fn done(&self, arguments: &[&str]) -> String {
        let exit = self.run(arguments);
        assert_eq!((exit.status.code(), &*exit.stderr), (Some(0), ""), "{arguments:?}: {exit:?}");
        exit.stdout
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        json(&self.run(&[arguments, &["--json"]].concat()))
    }

    pub(super) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Exit {
        run_with_input(arguments, self.folder.path(), &owned(&self.environment), input)
    }

    pub(super) fn at_terminal(&self, arguments: &[&str]) -> Terminal {
        Terminal::start(arguments, self.folder.path(), &owned(&self.environment))
    }
}
