//! `irontrack users`.

mod administer;
mod create;
mod export;
mod import;
mod list;
mod promote;
mod roles;
mod sessions;
mod system_admin;

pub use administer::{activate, deactivate, reset_password};
pub use create::create_user;
pub use export::{AccountDocument, export};
pub use import::import;
use irontrack_application::users::UserError;
use irontrack_domain::account::{Account, Email};
use irontrack_ports::{Constraint, RepositoryError};
pub use list::list;
pub use promote::promote_to_superuser;
pub use roles::create_roles;
pub use sessions::sessions;
pub use system_admin::create_system_admin;

use crate::{
    AccountArguments, Failure,
    prompt::{Prompts, Question},
};

const EMAIL: Question<'_> = Question { label: "Email", option: "--email" };

/// Without roles there are no accounts.
fn no_roles() -> Failure {
    Failure::failed("USER ROLES NOT CREATED: run `irontrack users create-roles` first")
}

fn unknown(email: &Email) -> Failure {
    Failure::failed(format!("User with email: {email} not found"))
}

/// What a use case refused to do with the account of that address.
fn refused(error: &UserError, email: &Email) -> Failure {
    match error {
        UserError::NotFound => unknown(email),
        UserError::EmailTaken(email) => {
            Failure::failed(format!("User with email '{email}' already exists in the database"))
        }
        UserError::Repository(RepositoryError::MissingReference(Constraint::AccountRole)) => no_roles(),
        error => Failure::failed(error.to_string()),
    }
}

/// The address of the account that a command is about.
fn address(arguments: &AccountArguments, prompts: &mut Prompts) -> Result<Email, Failure> {
    prompts.text(arguments.given(), EMAIL, Email::parse)
}

/// The name of an account, or nothing.
fn name(account: &Account) -> &str {
    account.name.as_ref().map_or("", |name| name.as_str())
}
