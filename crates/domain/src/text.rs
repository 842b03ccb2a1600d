//! Rules that several kinds of text share.

use crate::Violation;

/// Refuses NUL and lengths outside `min..=max`, counted in characters.
pub(crate) fn check(text: &str, min: usize, max: usize) -> Result<(), Violation> {
    if text.contains('\0') {
        return Err(Violation::ContainsNul);
    }
    let length = text.chars().count();
    if length < min {
        return Err(Violation::TooShort { min });
    }
    if length > max {
        return Err(Violation::TooLong { max });
    }
    Ok(())
}

/// Trims the ends and turns every inner run of white space into one blank.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// What somebody searches for: trimmed and not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchTerm(String);

impl SearchTerm {
    /// Reads a search term. A blank one means no search.
    ///
    /// # Errors
    /// [`Violation::ContainsNul`].
    pub fn parse(text: &str) -> Result<Option<Self>, Violation> {
        let text = text.trim();
        if text.contains('\0') {
            return Err(Violation::ContainsNul);
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// The term as typed, without surrounding blanks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collapse_trims_and_joins_words_with_one_blank() {
        assert_eq!(collapse(" \t Bench   press\n\u{a0}flat "), "Bench press flat");
        assert_eq!(collapse("  \n "), "");
    }

    #[test]
    fn check_counts_characters_not_bytes() {
        assert_eq!(check("äöü", 3, 3), Ok(()));
        assert_eq!(check("äö", 3, 9), Err(Violation::TooShort { min: 3 }));
        assert_eq!(check("äöüß", 1, 3), Err(Violation::TooLong { max: 3 }));
        assert_eq!(check("a\0b", 1, 9), Err(Violation::ContainsNul));
    }

    #[test]
    fn a_blank_search_is_no_search() {
        assert_eq!(SearchTerm::parse("  "), Ok(None));
        assert_eq!(SearchTerm::parse(" press ").unwrap().unwrap().as_str(), "press");
        assert_eq!(SearchTerm::parse("a\0"), Err(Violation::ContainsNul));
    }
}
