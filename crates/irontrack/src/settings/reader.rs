//! Reads settings one after the other, and remembers what it has found.

use super::{Origin, Source};
use crate::Failure;

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting.
    pub setting: &'static str,
    /// One sentence that names it.
    pub message: String,
}

impl Problem {
    pub(super) const fn new(setting: &'static str, message: String) -> Self {
        Self { setting, message }
    }

    /// A value that has another form than the accepted one.
    pub(super) fn wrong(setting: &'static str, accepted: &str) -> Self {
        Self::new(setting, format!("{setting} is wrong: expected {accepted}"))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::usage(problem.message)
    }
}

/// A setting as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// Its value, or the default; never a secret. `None` where there is neither, and where the value is a wrong secret.
    pub value: Option<String>,
    /// Where the value comes from.
    pub origin: Origin,
}

/// Reads settings, and keeps an [`Entry`] of each and every [`Problem`].
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(source: &'a Source) -> Self {
        Self { source, entries: Vec::new(), problems: Vec::new() }
    }

    /// What was read, and all that is wrong with it.
    pub(super) fn into_parts(self) -> (Vec<Entry>, Vec<Problem>) {
        (self.entries, self.problems)
    }

    /// Remembers a problem, and hands it back.
    pub(super) fn refuse(&mut self, problem: Problem) -> Problem {
        self.problems.push(problem.clone());
        problem
    }

    /// Remembers what was found, as far as it may be shown.
    pub(super) fn note(&mut self, name: &'static str, value: Option<String>, origin: Origin) {
        self.entries.push(Entry { name, value, origin });
    }

    /// Reads a value that is no secret. `parse` answers it, or the accepted form. `show` writes a default as it would
    /// stand in the environment; `None` if there is nothing to write.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        default: T,
        show: impl FnOnce(&T) -> Option<String>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, Problem> {
        let Some((text, origin)) = self.source.get(name) else {
            self.note(name, show(&default), Origin::Default);
            return Ok(default);
        };
        self.note(name, Some(text.to_owned()), origin);
        parse(text).map_err(|accepted| self.refuse(Problem::wrong(name, &accepted)))
    }

    /// The same for a value without a default.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Problem> {
        self.read(name, None, |_| None, |text| parse(text).map(Some))
    }
}
