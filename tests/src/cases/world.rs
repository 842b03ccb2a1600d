//! What a running server holds for the cases: where it listens, the accounts, the exercises and the tokens.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::fixtures::Fixtures;

/// The server under test and its fixtures. A harness makes one with [`World::new`] and fills in the identifiers and tokens.
#[derive(Debug, Clone)]
pub struct World {
    /// `http://host:port`.
    pub base_url: String,
    /// The accounts by their name in the fixtures.
    pub accounts: BTreeMap<String, Account>,
    /// The exercises by their name in the fixtures.
    pub exercises: BTreeMap<String, Exercise>,
    /// Ready-made tokens by their name in the fixtures.
    pub tokens: BTreeMap<String, String>,
}

/// An account of the fixtures as it is in the server.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Its identifier, once it is there.
    pub id: Option<Uuid>,
    /// Its display name.
    pub name: Option<String>,
    /// Its address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// The access token, once signed in.
    pub access_token: Option<String>,
    /// The refresh token, once signed in.
    pub refresh_token: Option<String>,
}

/// An exercise of the fixtures as it is in the server.
#[derive(Debug, Clone, Default)]
pub struct Exercise {
    /// Its identifier, once it is there.
    pub id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its slug, if it is one of the system.
    pub slug: Option<String>,
}

impl World {
    /// The world of these fixtures, still without identifiers and sign-ins.
    #[must_use]
    pub fn new(base_url: impl Into<String>, fixtures: &Fixtures) -> Self {
        let accounts = fixtures.accounts.iter().map(|(key, fixture)| {
            let (name, email, password) = (fixture.name.clone(), fixture.email.clone(), fixture.password.clone());
            (key.clone(), Account { name, email, password, ..Account::default() })
        });
        let exercises = fixtures.exercises.iter().map(|(key, fixture)| {
            (key.clone(), Exercise { id: None, name: fixture.body.name.clone(), slug: fixture.slug.clone() })
        });
        Self {
            base_url: base_url.into(),
            accounts: accounts.collect(),
            exercises: exercises.collect(),
            tokens: fixtures.tokens.clone(),
        }
    }
}
