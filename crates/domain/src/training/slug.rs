//! Slugs of built-in training units and plans.

use std::fmt;

use crate::{Violation, text};

/// The key by which an installation recognises a built-in training unit or plan, whatever its name: words of `a-z` and
/// `0-9` with single hyphens between them, up to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateSlug(String);

impl TemplateSlug {
    /// Reads a slug.
    ///
    /// # Errors
    /// [`Violation::Slug`], [`Violation::TooLong`].
    pub fn parse(slug: &str) -> Result<Self, Violation> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !slug.split('-').all(is_word) {
            return Err(Violation::Slug);
        }
        text::check(slug, 1, 100)?;
        Ok(Self(slug.to_owned()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TemplateSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_words_with_hyphens_between_them() {
        for good in ["a", "5x5", "upper-lower-4", &"a".repeat(100)] {
            assert_eq!(TemplateSlug::parse(good).map(|slug| slug.0).as_deref(), Ok(good));
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a b", "a_b", "\u{fc}", "a\0"] {
            assert_eq!(TemplateSlug::parse(bad), Err(Violation::Slug), "{bad:?}");
        }
        assert_eq!(TemplateSlug::parse(&"a".repeat(101)), Err(Violation::TooLong { max: 100 }));
    }
}
