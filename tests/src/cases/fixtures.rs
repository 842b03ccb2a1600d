//! `fixtures.json`: what a server must hold before the cases run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{LoadError, directory, load_file};

/// The fixtures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixtures {
    /// Environment variables of the server; `None` means unset.
    pub environment: BTreeMap<String, Option<String>>,
    /// Accounts by name.
    pub accounts: BTreeMap<String, AccountFixture>,
    /// Rows by the path segment of their catalogue.
    pub catalogs: BTreeMap<String, Vec<CatalogRow>>,
    /// Exercises by name.
    pub exercises: BTreeMap<String, ExerciseFixture>,
    /// Ready-made tokens by name.
    pub tokens: BTreeMap<String, String>,
}

impl Fixtures {
    /// Reads `fixtures.json` of [`directory`].
    ///
    /// # Errors
    /// When it cannot be read or holds anything unknown.
    pub fn load() -> Result<Self, LoadError> {
        load_file(&directory().join("fixtures.json"))
    }
}

/// An account.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountFixture {
    /// Its display name.
    pub name: Option<String>,
    /// Its address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// Whether it is a superuser.
    #[serde(default)]
    pub is_superuser: bool,
    /// Whether it may sign in.
    #[serde(default = "yes")]
    pub is_active: bool,
    /// The slug of its role, if it is not the default one.
    pub role: Option<String>,
}

const fn yes() -> bool {
    true
}

/// A row of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogRow {
    /// Its identifier.
    pub id: i16,
    /// Its name.
    pub name: String,
}

/// An exercise.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseFixture {
    /// The account that creates it.
    pub owner: String,
    /// The slug it gets; an exercise with one is a system exercise, any other a custom one of its owner.
    pub slug: Option<String>,
    /// What it is like.
    pub body: ExerciseBody,
}

/// An exercise as the API takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the API")]
pub struct ExerciseBody {
    pub name: String,
    pub primary_muscles: Vec<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secondary_muscles: Option<Vec<i16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    pub difficulty_level: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mechanic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equipment: Option<Vec<i16>>,
    pub category: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_path_start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_path_end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<i16>>,
}

#[cfg(test)]
mod tests {
    use super::Fixtures;

    #[test]
    fn the_fixtures_are_complete() {
        let fixtures = Fixtures::load().unwrap();
        assert_eq!(fixtures.environment["CDN_RESOURCES_URL"], None);
        assert!(fixtures.accounts["admin"].is_superuser && !fixtures.accounts["inactive"].is_active);
        assert_eq!(fixtures.catalogs["muscle-groups"].len(), 17);
        assert_eq!(fixtures.catalogs["equipment"].len(), 12);
        assert_eq!(fixtures.catalogs["exercise-tags"].len(), 25);
        for exercise in fixtures.exercises.values() {
            assert!(fixtures.accounts.contains_key(&exercise.owner));
            assert_eq!(exercise.slug.is_some(), exercise.body.tags.is_some(), "system exercises have tags");
        }
        assert_eq!(fixtures.tokens.len(), 8);
    }
}
