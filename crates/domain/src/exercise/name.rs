//! Names, aliases and slugs of exercises.

use std::fmt;

use crate::{Violation, text};

/// The name of an exercise: 3 to 100 characters, trimmed, one blank between words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExerciseName(String);

impl ExerciseName {
    /// Reads a name: ends trimmed, inner blanks collapsed.
    ///
    /// # Errors
    /// [`Violation::TooShort`] and [`Violation::TooLong`] of the stored form, [`Violation::ContainsNul`].
    pub fn parse(name: &str) -> Result<Self, Violation> {
        let name = text::collapse(name);
        text::check(&name, 3, 100)?;
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slug made of this name.
    ///
    /// # Errors
    /// [`Violation::NoSlug`] for a name without any Latin letter or digit, [`Violation::TooLong`] in the rare case that
    /// the slug is longer than a name may be.
    pub fn slug(&self) -> Result<Slug, Violation> {
        let mut slug = String::with_capacity(self.0.len());
        for word in self.0.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()) {
            if !word.is_empty() {
                if !slug.is_empty() {
                    slug.push('-');
                }
                slug.push_str(word);
            }
        }
        if slug.is_empty() {
            return Err(Violation::NoSlug);
        }
        // A character can become several in lower case.
        text::check(&slug, 1, 100)?;
        Ok(Slug(slug))
    }
}

/// Another name under which athletes know a system exercise: 2 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExerciseAlias(String);

impl ExerciseAlias {
    /// Reads an alias: ends trimmed, inner blanks collapsed.
    ///
    /// # Errors
    /// [`Violation::TooShort`] and [`Violation::TooLong`] of the stored form, [`Violation::ContainsNul`].
    pub fn parse(alias: &str) -> Result<Self, Violation> {
        let alias = text::collapse(alias);
        text::check(&alias, 2, 100)?;
        Ok(Self(alias))
    }

    /// The alias as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The readable key of a system exercise: words of `a-z` and `0-9` joined by hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Slug(String);

impl Slug {
    /// A slug that was made by [`ExerciseName::slug`] and stored.
    #[must_use]
    pub const fn from_stored(slug: String) -> Self {
        Self(slug)
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug(name: &str) -> Result<String, Violation> {
        ExerciseName::parse(name).and_then(|n| n.slug()).map(|s| s.0)
    }

    #[test]
    fn slugs_keep_latin_letters_and_digits() {
        assert_eq!(slug("Cases Floor Press (1.5)").as_deref(), Ok("cases-floor-press-1-5"));
        assert_eq!(slug("  Pull-Up  ").as_deref(), Ok("pull-up"));
        assert_eq!(slug("Übung Æther").as_deref(), Ok("bung-ther"));
        assert_eq!(slug("\u{212a}ettlebell").as_deref(), Ok("kettlebell"));
        assert_eq!(slug("深蹲深蹲"), Err(Violation::NoSlug));
        assert_eq!(slug(&"İ".repeat(60)), Err(Violation::TooLong { max: 100 }));
    }

    proptest! {
        #[test]
        fn slugs_are_fixed_points(name in "\\PC{3,100}") {
            if let Ok(slug) = slug(&name) {
                prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
                prop_assert!(slug.len() <= 100 && !slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
                if slug.len() >= 3 {
                    prop_assert_eq!(self::slug(&slug), Ok(slug.clone()));
                }
            }
        }
    }
}
