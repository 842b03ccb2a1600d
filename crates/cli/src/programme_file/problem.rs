//! What is wrong in a file, and where.

use std::{fmt::Display, ops::RangeInclusive};

use irontrack_domain::Violation;

/// A mistake, with its place as a JSON pointer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) reason: String,
}

impl Problem {
    pub(super) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into() }
    }

    /// The same mistake, seen from further outside.
    pub(super) fn within(self, outer: &str) -> Self {
        Self { path: format!("{outer}{}", self.path), ..self }
    }
}

/// The place of an element of a list.
pub(super) fn element(list: &str, index: usize) -> String {
    format!("{list}/{index}")
}

/// A value that a rule of the domain accepts.
pub(super) fn rule<T>(path: &str, value: Result<T, Violation>) -> Result<T, Problem> {
    value.map_err(|violation| Problem::new(path, violation.to_string()))
}

/// A whole number that is within its bounds.
pub(super) fn number<T>(path: &str, number: i64, bounds: &RangeInclusive<T>) -> Result<T, Problem>
where
    T: TryFrom<i64> + PartialOrd + Display,
{
    let fitting = T::try_from(number).ok().filter(|number| bounds.contains(number));
    fitting.ok_or_else(|| Problem::new(path, format!("must be between {} and {}", bounds.start(), bounds.end())))
}
