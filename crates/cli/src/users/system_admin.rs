//! `irontrack users create-system-admin`.

use irontrack_application::setup::{AdministratorError, CreatedAdministrator, Setup};
use irontrack_domain::account::{Email, Password};

use super::no_roles;
use crate::{
    CreateSystemAdminArguments, Failure,
    output::{Output, Tone},
    prompt::Prompts,
};

/// Creates the system administrator with the address of the settings.
///
/// # Errors
/// A wrong password, or none and nobody to ask; the address is taken; the roles were never created; the database cannot
/// be used; standard output cannot be written.
pub async fn create_system_admin(
    arguments: &CreateSystemAdminArguments,
    email: Email,
    setup: &Setup,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Create system administrator.")?;
    let not_created =
        |error: &dyn std::error::Error| Failure::failed(format!("the system administrator was not created: {error}"));
    // Before somebody types a password for nothing.
    if let Some(account) = setup.account(&email).await.map_err(|error| not_created(&error))? {
        let is_one = account.is_active && account.role.is_superuser();
        return Err(taken(&email, is_one));
    }
    let password = prompts.new_password(&arguments.password, Password::set_by_administrator)?;
    match setup.create_administrator(email.clone(), password).await {
        Ok(CreatedAdministrator::New) => output.announce(Tone::Good, "System administrator was created"),
        Ok(CreatedAdministrator::Existing) => Err(taken(&email, true)),
        Err(AdministratorError::NoRoles) => Err(no_roles()),
        Err(error) => Err(not_created(&error)),
    }
}

fn taken(email: &Email, is_administrator: bool) -> Failure {
    Failure::failed(if is_administrator {
        "System administrator already exists".to_owned()
    } else {
        format!(
            "{email} belongs to an account that is no active superuser: set ADMIN_EMAIL to another address, or activate and \
             promote it"
        )
    })
}
