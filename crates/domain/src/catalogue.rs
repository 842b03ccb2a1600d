//! Catalogues: the short lists of names that exercises refer to.

use crate::{Violation, text};

/// Which catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CatalogueKind {
    /// Muscle groups that an exercise trains.
    MuscleGroups,
    /// Equipment that an exercise needs.
    Equipment,
    /// Tags of system exercises.
    ExerciseTags,
}

impl CatalogueKind {
    /// All catalogues, in the order in which exercises refer to them.
    pub const ALL: [Self; 3] = [Self::MuscleGroups, Self::Equipment, Self::ExerciseTags];

    /// What one item is called at the start of a sentence.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::MuscleGroups => "Muscle group",
            Self::Equipment => "Equipment",
            Self::ExerciseTags => "Exercise tag",
        }
    }

    /// What one item is called with its article, at the start of a sentence.
    #[must_use]
    pub const fn indefinite_noun(self) -> &'static str {
        match self {
            Self::MuscleGroups => "A muscle group",
            Self::Equipment => "An equipment",
            Self::ExerciseTags => "An exercise tag",
        }
    }
}

/// One row of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CatalogueItem {
    /// Number of the item; stable, also when the name changes.
    pub id: i16,
    /// Name of the item, in lower case, unique in its catalogue.
    pub name: String,
}

/// The name of a catalogue item: lower case, one blank between words, 3 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CatalogueName(String);

impl CatalogueName {
    /// Reads a name: ends trimmed, inner blanks collapsed, lower case.
    ///
    /// # Errors
    /// [`Violation::TooShort`] and [`Violation::TooLong`] of the stored form, [`Violation::ContainsNul`].
    pub fn parse(name: &str) -> Result<Self, Violation> {
        let name = text::collapse(name).to_lowercase();
        text::check(&name, 3, 100)?;
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised_before_they_are_measured() {
        assert_eq!(CatalogueName::parse(" \t Middle   BACK\n").unwrap().as_str(), "middle back");
        assert_eq!(CatalogueName::parse("    "), Err(Violation::TooShort { min: 3 }));
        assert_eq!(CatalogueName::parse("a b "), Ok(CatalogueName("a b".into())));
        assert_eq!(CatalogueName::parse(&"x".repeat(101)), Err(Violation::TooLong { max: 100 }));
        assert_eq!(CatalogueName::parse("a\0bc"), Err(Violation::ContainsNul));
    }
}
