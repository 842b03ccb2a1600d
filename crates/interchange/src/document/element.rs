//! Elements of lists, and where something is wrong in them.

use irontrack_domain::Violation;
use serde::Deserialize;

use super::shape;
use crate::Problem;

/// What is wrong with an element, and where: the names and places on the way to it, with slashes between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) path: String,
    pub(super) problem: Problem,
}

impl Wrong {
    pub(super) fn at(path: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self { path: path.into(), problem: problem.into() }
    }

    /// The same, seen from further outside.
    pub(super) fn within(self, outside: impl std::fmt::Display) -> Self {
        Self { path: format!("{outside}/{}", self.path), ..self }
    }
}

/// An element as it stands in the document.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Wrong> {
    serde_json::from_str(text).map_err(|error| Wrong::at("", shape(&error)))
}

/// A value by the rule of the domain.
pub(super) fn by_rule<T, U: AsRef<str>>(
    path: &str,
    value: U,
    rule: impl FnOnce(&str) -> Result<T, Violation>,
) -> Result<T, Wrong> {
    rule(value.as_ref()).map_err(|violation| Wrong::at(path, violation))
}

/// A value by the rule of the domain, if it is there.
pub(super) fn optional<T, U: AsRef<str>>(
    path: &str,
    value: Option<U>,
    rule: impl FnOnce(&str) -> Result<T, Violation>,
) -> Result<Option<T>, Wrong> {
    value.map(|value| by_rule(path, value, rule)).transpose()
}

/// One of a few fixed values.
pub(super) fn choice<T>(path: &str, name: &str, from_name: impl FnOnce(&str) -> Option<T>) -> Result<T, Wrong> {
    from_name(name).ok_or_else(|| Wrong::at(path, Problem::Shape(format!("unknown value `{name}`"))))
}

/// Refuses lists that are too long.
pub(super) fn at_most(path: &str, found: usize, most: usize) -> Result<(), Wrong> {
    let most_number = i32::try_from(most).unwrap_or(i32::MAX);
    if found > most { Err(Wrong::at(path, Problem::OutOfRange { min: 0, max: most_number })) } else { Ok(()) }
}

/// A whole number within its limits, if it is there.
pub(super) fn within<T: Copy + PartialOrd + Into<i32>>(
    path: &str,
    value: Option<T>,
    range: &std::ops::RangeInclusive<T>,
) -> Result<Option<T>, Wrong> {
    match value {
        Some(value) if !range.contains(&value) => {
            let problem = Problem::OutOfRange { min: (*range.start()).into(), max: (*range.end()).into() };
            Err(Wrong::at(path, problem))
        }
        value => Ok(value),
    }
}
