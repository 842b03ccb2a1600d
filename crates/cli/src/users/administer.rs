//! `irontrack users deactivate`, `activate` and `reset-password`.

use irontrack_application::users::{Caller, UserChanges, Users};
use irontrack_domain::account::{Email, Password};

use super::{address, refused};
use crate::{
    AccountArguments, Failure, ResetPasswordArguments,
    output::{Output, Tone},
    prompt::Prompts,
};

/// Keeps somebody out.
///
/// # Errors
/// A wrong address, or none and nobody to ask; there is no such account, or it is the last active superuser; the database
/// cannot be used; standard output cannot be written.
pub async fn deactivate(
    arguments: &AccountArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Deactivate a user.")?;
    let email = address(arguments, prompts)?;
    let changes = UserChanges { is_active: Some(false), ..UserChanges::default() };
    change(users, &email, changes).await?;
    output.announce(Tone::Good, &format!("User with email: '{email}' was deactivated, all sessions have ended"))
}

/// Lets somebody in again.
///
/// # Errors
/// A wrong address, or none and nobody to ask; there is no such account; the database cannot be used; standard output
/// cannot be written.
pub async fn activate(
    arguments: &AccountArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Activate a user.")?;
    let email = address(arguments, prompts)?;
    let changes = UserChanges { is_active: Some(true), ..UserChanges::default() };
    change(users, &email, changes).await?;
    output.announce(Tone::Good, &format!("User with email: '{email}' is active"))
}

/// Sets another password.
///
/// # Errors
/// A wrong value, or none and nobody to ask; there is no such account; the database cannot be used; standard output cannot
/// be written.
pub async fn reset_password(
    arguments: &ResetPasswordArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Reset the password of a user.")?;
    let email = address(&arguments.account, prompts)?;
    // Before somebody types a password for nothing.
    users.find(&email).await.map_err(|error| refused(&error, &email))?;
    let password = prompts.new_password(&arguments.password, Password::set_by_administrator)?;
    let changes = UserChanges { password: Some(password), ..UserChanges::default() };
    change(users, &email, changes).await?;
    output
        .announce(Tone::Good, &format!("The password of user with email: '{email}' was reset, all sessions have ended"))
}

async fn change(users: &Users, email: &Email, changes: UserChanges) -> Result<(), Failure> {
    let refused = |error| refused(&error, email);
    let account = users.find(email).await.map_err(refused)?;
    users.update(Caller::CommandLine, account.id, changes).await.map_err(refused)?;
    Ok(())
}
