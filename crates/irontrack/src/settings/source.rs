//! Where settings come from: the environment, then the file `.env`.

use std::collections::HashMap;

use super::NAMES;
use crate::Failure;

/// The raw settings. Empty ones count as not set.
#[derive(Clone, Default)]
pub struct Source(HashMap<&'static str, String>);

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Source {
    /// Reads the environment and the file `.env` in the working folder, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or a value is not UTF-8.
    pub fn load() -> Result<Self, Failure> {
        let mut source = Self::default();
        match dotenvy::from_filename_iter(".env") {
            Ok(lines) => {
                for line in lines {
                    // Without the line itself, which may hold a secret.
                    let (name, value) = line.map_err(|_| {
                        Failure::usage(
                            ".env has a line that is not NAME=value; put values with blanks or braces in single quotes",
                        )
                    })?;
                    source.set(&name, value);
                }
            }
            Err(error) if error.not_found() => {}
            Err(error) => return Err(Failure::usage(format!(".env cannot be read: {error}"))),
        }
        for name in NAMES {
            match std::env::var_os(name).map(std::ffi::OsString::into_string) {
                Some(Ok(value)) => source.set(name, value),
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
            source.set(name, value.to_owned());
        }
        source
    }

    /// Names that are no settings belong to somebody else.
    fn set(&mut self, name: &str, value: String) {
        if let Some(name) = NAMES.iter().find(|known| **known == name) {
            self.0.insert(name, value);
        }
    }

    /// The text of a setting, if it is set and not blank.
    pub(super) fn text(&self, name: &'static str) -> Option<&str> {
        debug_assert!(NAMES.contains(&name), "{name} is missing in NAMES");
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}
