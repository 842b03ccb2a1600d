//! `irontrack users`.

use irontrack_cli::{OutputArguments, UsersCommand, output::Output, prompt::Prompts, users};

use super::use_cases::{UseCases, with_use_cases};
use crate::Failure;

/// Creates and administers accounts.
pub(crate) fn users(command: &UsersCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| run(command, use_cases).await)
}

async fn run(command: &UsersCommand, UseCases { settings, setup, users, .. }: &UseCases) -> Result<(), Failure> {
    let prompts = &mut Prompts::standard();
    let text = &mut Output::standard(OutputArguments::default());
    match command {
        UsersCommand::CreateRoles => users::create_roles(setup, text).await,
        UsersCommand::CreateSystemAdmin(arguments) => {
            users::create_system_admin(arguments, settings.admin_email.clone(), setup, prompts, text).await
        }
        UsersCommand::CreateUser(arguments) => users::create_user(arguments, users, prompts, text).await,
        UsersCommand::PromoteToSuperuser(arguments) => {
            users::promote_to_superuser(arguments, users, prompts, text).await
        }
        UsersCommand::Deactivate(arguments) => users::deactivate(arguments, users, prompts, text).await,
        UsersCommand::Activate(arguments) => users::activate(arguments, users, prompts, text).await,
        UsersCommand::ResetPassword(arguments) => users::reset_password(arguments, users, prompts, text).await,
        UsersCommand::List(arguments) => users::list(arguments, users, &mut Output::standard(arguments.output)).await,
        UsersCommand::Sessions(arguments) => {
            users::sessions(arguments, users, prompts, &mut Output::standard(arguments.output)).await
        }
    }
}
