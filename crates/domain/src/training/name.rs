//! Names and texts of training units, plans and sessions.

use std::collections::HashSet;

use crate::{Violation, text};

/// The name of a training unit or plan: 1 to 100 characters, trimmed, one blank between words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct TemplateName(String);

impl TemplateName {
    /// The most characters of a name.
    pub const MAX: usize = 100;

    /// Reads a name: ends trimmed, inner blanks collapsed.
    ///
    /// # Errors
    /// [`Violation::TooShort`] and [`Violation::TooLong`] of the stored form, [`Violation::ContainsNul`].
    pub fn parse(name: &str) -> Result<Self, Violation> {
        let name = text::collapse(name);
        text::check(&name, 1, Self::MAX)?;
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without case, each character by itself as databases do it: two names are the same if these are.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.chars().flat_map(char::to_lowercase).collect()
    }

    /// How this name and all its [numbered](Self::numbered) forms begin.
    #[must_use]
    pub fn stem(&self) -> &str {
        let kept = Self::MAX - " (4294967295)".len();
        let end = self.0.char_indices().nth(kept).map_or(self.0.len(), |(end, _)| end);
        self.0[..end].trim_end()
    }

    /// The name of another copy: the name itself for the first, then with ` (2)`, ` (3)` and so on at its end,
    /// shortened so that the whole fits.
    #[must_use]
    pub fn numbered(&self, copy: u32) -> Self {
        if copy < 2 {
            return self.clone();
        }
        let suffix = format!(" ({copy})");
        let kept: String = self.0.chars().take(Self::MAX - suffix.len()).collect();
        Self(format!("{}{suffix}", kept.trim_end()))
    }
}

/// Gives every copy a name of its own: the name of what it is a copy of or, where that is taken, the first of its
/// [numbered](TemplateName::numbered) forms that is not. Names are compared ignoring case.
#[must_use]
pub fn names_of_copies(originals: &[TemplateName], taken: &[TemplateName]) -> Vec<TemplateName> {
    let mut taken: HashSet<String> = taken.iter().map(TemplateName::folded).collect();
    let mut unused = |original: &TemplateName| {
        let mut copy = 1;
        loop {
            let name = original.numbered(copy);
            if taken.insert(name.folded()) {
                return name;
            }
            copy += 1;
        }
    };
    originals.iter().map(&mut unused).collect()
}

/// A description or notes: any text, also an empty one, up to 10 000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct LongText(String);

impl LongText {
    /// The most characters.
    pub const MAX: usize = 10_000;

    /// Reads a text as it is.
    ///
    /// # Errors
    /// [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn parse(long: &str) -> Result<Self, Violation> {
        text::check(long, 0, Self::MAX)?;
        Ok(Self(long.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(text: &str) -> TemplateName {
        TemplateName::parse(text).unwrap()
    }

    #[test]
    fn names_are_trimmed_and_collapsed_before_they_are_counted() {
        assert_eq!(name("  Push \t day ").as_str(), "Push day");
        assert_eq!(TemplateName::parse(" \n "), Err(Violation::TooShort { min: 1 }));
        assert_eq!(name(&format!(" {} ", "ü".repeat(100))).as_str().chars().count(), 100);
        assert_eq!(TemplateName::parse(&"a".repeat(101)), Err(Violation::TooLong { max: 100 }));
        assert_eq!(TemplateName::parse("a\0"), Err(Violation::ContainsNul));
    }

    #[test]
    fn copies_are_numbered_from_two_and_fit() {
        assert_eq!(name("Legs").numbered(1).as_str(), "Legs");
        assert_eq!(name("Legs").numbered(2).as_str(), "Legs (2)");
        assert_eq!(name(&"ü".repeat(99)).numbered(10).as_str(), format!("{} (10)", "ü".repeat(95)));
        let blank_at_the_cut = format!("{} {}", "a".repeat(95), "b".repeat(4));
        assert_eq!(name(&blank_at_the_cut).numbered(2).as_str(), format!("{} (2)", "a".repeat(95)));
    }

    #[test]
    fn each_copy_gets_the_first_name_that_nobody_has() {
        let taken = ["legs", "legs (3)"].map(name);
        let names = ["Legs", "LEGS", "Arms", "arms", "Arms (2)"].map(name);
        let given = names_of_copies(&names, &taken);
        let given: Vec<_> = given.iter().map(TemplateName::as_str).collect();
        assert_eq!(given, ["Legs (2)", "LEGS (4)", "Arms", "arms (2)", "Arms (2) (2)"]);
    }

    #[test]
    fn long_texts_are_kept_as_they_are() {
        assert_eq!(LongText::parse(" a\n").unwrap().as_str(), " a\n");
        assert_eq!(LongText::parse(&"a".repeat(10_001)), Err(Violation::TooLong { max: 10_000 }));
        assert_eq!(LongText::parse("\0"), Err(Violation::ContainsNul));
    }

    proptest! {
        #[test]
        fn numbered_names_are_names(text in "\\PC{1,120}", copy in 0_u32..) {
            if let Ok(name) = TemplateName::parse(&text) {
                let numbered = name.numbered(copy);
                prop_assert!(numbered.as_str().starts_with(name.stem()));
                prop_assert_eq!(TemplateName::parse(numbered.as_str()), Ok(numbered));
            }
        }
    }
}
