//! `irontrack users create-user`.

use irontrack_application::users::{NewUser, Users};
use irontrack_domain::{
    account::{Email, Password, PersonName, Role},
    audit::Origin,
};

use super::{EMAIL, refused};
use crate::{
    CreateUserArguments, Failure,
    output::{Output, Tone},
    prompt::{Prompts, Question},
};

/// Creates an active account.
///
/// # Errors
/// A wrong value, or none and nobody to ask; the address is taken; the roles were never created; the database cannot be
/// used; standard output cannot be written.
pub async fn create_user(
    arguments: &CreateUserArguments,
    users: &Users,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Create a new application user.")?;
    let full_name = Question { label: "Full Name", option: "--name" };
    let name = prompts.text(arguments.name.as_deref(), full_name, PersonName::parse)?;
    let email = prompts.text(arguments.email.as_deref(), EMAIL, Email::parse)?;
    let password = prompts.new_password(&arguments.password, Password::set_by_administrator)?;
    let role = if is_superuser(arguments, prompts)? { Role::Superuser } else { Role::ApplicationAccess };
    let wanted = NewUser { name, email: email.clone(), password, is_active: true, role };
    users.create(Origin::command_line(), wanted).await.map_err(|error| refused(&error, &email))?;
    output.announce(Tone::Good, &format!("User created with email: {email}"))
}

/// The most powerful role is never the default. Where nobody can be asked, nobody has asked for it.
fn is_superuser(arguments: &CreateUserArguments, prompts: &mut Prompts) -> Result<bool, Failure> {
    if arguments.no_superuser || (!arguments.superuser && !prompts.can_ask()) {
        return Ok(false);
    }
    let question = Question { label: "Create a superuser (bool value)?", option: "--superuser" };
    prompts.confirm(arguments.superuser, question)
}
