//! Accounts as people know them.

use std::collections::HashMap;

use irontrack_application::users::{UserError, Users};
use irontrack_domain::{UserId, account::Email};
use uuid::Uuid;

use crate::Failure;

/// The addresses of accounts. Each is asked for once.
#[derive(Debug)]
pub(super) struct Names<'a> {
    users: &'a Users,
    known: HashMap<UserId, String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(users: &'a Users) -> Self {
        Self { users, known: HashMap::new() }
    }

    /// The address of an account, or its id if there is none any more.
    pub(super) async fn of(&mut self, id: UserId) -> Result<String, Failure> {
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let name = match self.users.get(id).await {
            Ok(account) => account.email.to_string(),
            Err(UserError::NotFound) => id.to_string(),
            Err(error) => return Err(Failure::failed(format!("the accounts cannot be read: {error}"))),
        };
        self.known.insert(id, name.clone());
        Ok(name)
    }
}

/// The account that an option names by its address or its id. One with that id need not be there any more.
pub(super) async fn account(given: Option<&str>, option: &str, users: &Users) -> Result<Option<UserId>, Failure> {
    let Some(given) = given else { return Ok(None) };
    if let Ok(id) = Uuid::try_parse(given) {
        return Ok(Some(UserId::new(id)));
    }
    let email = Email::parse(given).map_err(|violation| {
        Failure::usage(format!("{option} is wrong: expected an address or an id, but the address {violation}"))
    })?;
    match users.find(&email).await {
        Ok(account) => Ok(Some(account.id)),
        Err(UserError::NotFound) => {
            Err(Failure::failed(format!("User with email: {email} not found; a deleted account has only its id")))
        }
        Err(error) => Err(Failure::failed(error.to_string())),
    }
}
