//! Where settings come from: the environment, then the file `.env`.

use std::{collections::HashMap, fmt};

use super::{NAMES, Problem};
use crate::Failure;

/// The raw settings. Empty ones count as not set.
#[derive(Clone, Default)]
pub struct Source {
    settings: HashMap<&'static str, Raw>,
    strangers: Vec<String>,
}

#[derive(Clone)]
struct Raw {
    text: String,
    origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The environment of the process.
    Environment,
    /// The file `.env`.
    DotEnv,
    /// A file that another setting names.
    File,
    /// Nobody has set it.
    Default,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.settings.keys()).finish()
    }
}

impl Source {
    /// Reads the environment and the file `.env` in the working folder, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or a value is not UTF-8.
    pub fn load() -> Result<Self, Failure> {
        let mut source = Self::default();
        match dotenvy::from_path_iter(".env") {
            Ok(lines) => {
                for line in lines {
                    let (name, value) = line.map_err(|error| about_line(&error))?;
                    source.set(&name, value, Origin::DotEnv);
                }
            }
            Err(error) if error.not_found() => {}
            Err(error) => return Err(Failure::usage(format!(".env cannot be read: {error}"))),
        }
        for name in NAMES {
            match std::env::var_os(name).map(std::ffi::OsString::into_string) {
                Some(Ok(value)) => source.set(name, value, Origin::Environment),
                Some(Err(_)) => return Err(Failure::usage(format!("{name} is not UTF-8"))),
                None => {}
            }
        }
        Ok(source)
    }

    /// Settings from a list, for tests.
    pub fn of<'a>(settings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut source = Self::default();
        for (name, value) in settings {
            source.set(name, value.to_owned(), Origin::Environment);
        }
        source
    }

    /// Names in `.env` that are no settings: somebody else's, or misspelt.
    pub(super) fn strangers(&self) -> &[String] {
        &self.strangers
    }

    fn set(&mut self, name: &str, text: String, origin: Origin) {
        match NAMES.iter().find(|known| **known == name) {
            Some(name) => _ = self.settings.insert(name, Raw { text, origin }),
            None => self.strangers.push(name.to_owned()),
        }
    }

    /// The text of a setting and where it comes from, if it is set and not blank.
    pub(super) fn get(&self, name: &'static str) -> Option<(&str, Origin)> {
        debug_assert!(NAMES.contains(&name), "{name} is missing in NAMES");
        let raw = self.settings.get(name)?;
        Some((raw.text.trim(), raw.origin)).filter(|(text, _)| !text.is_empty())
    }

    /// Which of two settings counts, where one excludes the other: that of the environment, if the other one stands in
    /// the file. `None` if neither is set.
    pub(super) fn one_of(&self, names: [&'static str; 2]) -> Result<Option<&'static str>, Problem> {
        let [one, other] = names;
        match names.map(|name| self.get(name).map(|(_, origin)| origin)) {
            [None, None] => Ok(None),
            [Some(_), None] | [Some(Origin::Environment), Some(Origin::DotEnv)] => Ok(Some(one)),
            [None, Some(_)] | [Some(Origin::DotEnv), Some(Origin::Environment)] => Ok(Some(other)),
            _ => Err(Problem::new(one, format!("{one} and {other} are both set: expected one"))),
        }
    }
}

/// Without the line itself, which may hold a secret.
fn about_line(error: &dotenvy::Error) -> Failure {
    match error {
        dotenvy::Error::Io(error) => Failure::usage(format!(".env cannot be read: {error}")),
        _ => {
            Failure::usage(".env has a line that is not NAME=value; put values with blanks or braces in single quotes")
        }
    }
}
