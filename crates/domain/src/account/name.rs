//! Names of people.

use crate::{Violation, text};

/// The name of a person: 1 to 255 characters without surrounding blanks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct PersonName(String);

impl PersonName {
    /// The most characters of a name, after trimming.
    pub const MAX: usize = 255;

    /// Reads a name. A blank one is no name.
    ///
    /// # Errors
    /// [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn parse(name: &str) -> Result<Option<Self>, Violation> {
        let name = name.trim();
        text::check(name, 0, Self::MAX)?;
        Ok((!name.is_empty()).then(|| Self(name.to_owned())))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as text, consumed.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_after_trimming() {
        let longest = "n".repeat(255);
        assert_eq!(PersonName::parse(&format!("  {longest}  ")).unwrap().unwrap().as_str(), longest);
        assert_eq!(PersonName::parse(&"n".repeat(256)), Err(Violation::TooLong { max: 255 }));
    }

    #[test]
    fn blank_is_no_name_and_nul_is_refused() {
        assert_eq!(PersonName::parse(" \t"), Ok(None));
        assert_eq!(PersonName::parse("a\0b"), Err(Violation::ContainsNul));
    }
}
