//! `irontrack users promote-to-superuser`.

use irontrack_application::users::{Caller, RoleError, Users};
use irontrack_domain::account::Role;

use super::{address, no_roles, unknown};
use crate::{
    AccountArguments, Failure,
    output::{Output, Tone},
    prompt::Prompts,
};

/// Makes a superuser of somebody. Their sessions live on with the new rights.
///
/// # Errors
/// A wrong address, or none and nobody to ask; there is no such account, or it is inactive; the roles were never created;
/// the database cannot be used; standard output cannot be written.
pub async fn promote_to_superuser(
    arguments: &AccountArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Promote user to superuser.")?;
    let email = address(arguments, prompts)?;
    output.announce(Tone::Plain, &format!("Promoting user: {email}"))?;
    match users.assign_role(Caller::CommandLine, &email.canonical(), Role::Superuser).await {
        Ok(_) => output.announce(Tone::Good, &format!("Upgraded user with email: '{email}' to superuser")),
        // What is wanted is so.
        Err(RoleError::AlreadyAssigned { .. }) => {
            output.announce(Tone::Good, &format!("User with email: '{email}' is a superuser already"))
        }
        Err(RoleError::NotFound) => Err(unknown(&email)),
        Err(RoleError::RoleMissing(_)) => Err(no_roles()),
        Err(error) => Err(Failure::failed(error.to_string())),
    }
}
