//! The executable cases of the HTTP contract: their format, what they mean and what runs them.
//!
//! `tests/cases/README.md` describes the format. A harness reads [`load_all`] and [`Fixtures::load`], starts a server with
//! [`Fixtures::environment`], writes the fixtures, fills a [`World`] and calls [`run`] for every case that is [`due`].

mod cookies;
mod expectation;
mod fixtures;
mod matchers;
mod model;
mod operations;
mod runner;
mod type_name;
mod variables;
mod world;

#[cfg(test)]
mod dry_check;

use std::path::{Path, PathBuf};
use std::{fs, io};

pub use cookies::{CookieExpectation, ExpectedCookie};
pub use expectation::{ErrorEntry, Expectation, ExpectedStatus};
pub use fixtures::{AccountFixture, CatalogRow, ExerciseBody, ExerciseFixture, Fixtures};
pub use matchers::{Expected, Matchers};
pub use model::{ANONYMOUS, Body, Case, RequestTemplate, Step, StepStatus};
pub use operations::{Framework, NotDue, Operation, Target, classify, due, not_due};
pub use runner::{Exchange, Failure, Stage, run};
pub use type_name::TypeName;
pub use variables::{VariableError, Variables};
pub use world::{Account, Exercise, World};

/// A case file or the fixtures cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file or directory is not readable.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The text is not what the format asks for.
    #[error("{}: {cause}", path.display())]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        cause: serde_json::Error,
    },
}

/// The directory of the case files, `tests/cases` of the workspace.
#[must_use]
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// Every case of [`directory`], file by file in the order of their names.
///
/// # Errors
/// When a file cannot be read or holds anything the format does not know.
pub fn load_all() -> Result<Vec<Case>, LoadError> {
    let directory = directory();
    let unreadable = |cause| LoadError::Unreadable { path: directory.clone(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(&directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json && path.file_stem().is_some_and(|stem| stem != "fixtures") {
            files.push(path);
        }
    }
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        cases.extend(load_file::<model::CaseFile>(&file)?.cases);
    }
    Ok(cases)
}

fn load_file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, LoadError> {
    let text = fs::read_to_string(path).map_err(|cause| LoadError::Unreadable { path: path.to_owned(), cause })?;
    serde_json::from_str(&text).map_err(|cause| LoadError::Malformed { path: path.to_owned(), cause })
}
