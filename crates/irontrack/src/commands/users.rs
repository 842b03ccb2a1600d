//! `irontrack users`.

use irontrack_application::ExportPart;
use irontrack_cli::{OutputArguments, UsersCommand, output::Output, prompt::Prompts, users};

use irontrack_domain::account::Account;
use irontrack_http::ExportDocument;
use irontrack_ports::Clock;

use super::use_cases::{UseCases, with_use_cases};
use crate::{Failure, SystemClock};

/// Creates and administers accounts.
pub(crate) fn users(command: &UsersCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| run(command, use_cases).await)
}

async fn run(
    command: &UsersCommand,
    UseCases { settings, setup, users, export, imports, .. }: &UseCases,
) -> Result<(), Failure> {
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
        UsersCommand::Export(arguments) => {
            users::export(arguments, users, export, &mut Document::default(), text).await
        }
        UsersCommand::Import(arguments) => {
            users::import(arguments, users, imports, prompts, &mut Output::standard(arguments.output)).await
        }
    }
}

/// The document of `GET /access/export`. Custom exercises have no pictures, so that nobody needs to know where those are.
#[derive(Default)]
struct Document(ExportDocument);

impl users::AccountDocument for Document {
    fn begin(&mut self, account: Account) -> Vec<u8> {
        ExportDocument::begin(account, SystemClock.now())
    }

    fn part(&mut self, part: ExportPart) -> Vec<u8> {
        self.0.part(part, None)
    }

    fn end(&mut self) -> Vec<u8> {
        self.0.end()
    }
}
