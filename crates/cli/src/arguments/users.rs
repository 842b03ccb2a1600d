//! `irontrack users`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use irontrack_domain::{TimeZone, account::Role, import::ImportFormat};
use irontrack_interchange::{DistanceUnit, WeightUnit};

use super::{OutputArguments, PasswordArguments};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// Create the roles, or bring them up to date
    CreateRoles,
    /// Create the system administrator, whose address is the setting `ADMIN_EMAIL`
    CreateSystemAdmin(CreateSystemAdminArguments),
    /// Create an account
    CreateUser(CreateUserArguments),
    /// Make a superuser of somebody
    PromoteToSuperuser(AccountArguments),
    /// Keep somebody out: they cannot sign in any more, and all their sessions end
    Deactivate(AccountArguments),
    /// Let somebody in again who was deactivated
    Activate(AccountArguments),
    /// Set another password, and end all sessions of the account
    ResetPassword(ResetPasswordArguments),
    /// List accounts
    List(ListArguments),
    /// List where somebody is signed in, or end all these sessions
    Sessions(SessionsArguments),
    /// Write everything of an account, or its training sessions, into a file
    Export(UserExportArguments),
    /// Import training that was recorded elsewhere into an account
    Import(UserImportArguments),
}

/// Options of `users create-system-admin`.
#[derive(Debug, Args)]
pub struct CreateSystemAdminArguments {
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of PasswordArguments")]
    pub password: PasswordArguments,
}

/// Options of `users create-user`.
#[derive(Debug, Args)]
pub struct CreateUserArguments {
    /// How the person wants to be called; may be empty
    #[arg(long)]
    pub name: Option<String>,
    /// The address to sign in with
    #[arg(long)]
    pub email: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of PasswordArguments")]
    pub password: PasswordArguments,
    /// Give the role `superuser`
    #[arg(long, overrides_with = "no_superuser")]
    pub superuser: bool,
    /// Give the role `application-access`; taken for granted where nobody can be asked
    #[arg(long, overrides_with = "superuser")]
    pub no_superuser: bool,
}

/// Options of commands that are about one account.
#[derive(Debug, Args)]
pub struct AccountArguments {
    /// The address of the account
    #[arg(value_name = "EMAIL")]
    pub address: Option<String>,
    /// The address of the account, as an option
    #[arg(long, conflicts_with = "address")]
    pub email: Option<String>,
}

impl AccountArguments {
    /// The address, however it was given.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.address.as_deref().or(self.email.as_deref())
    }
}

/// Options of `users reset-password`.
#[derive(Debug, Args)]
pub struct ResetPasswordArguments {
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of AccountArguments")]
    pub account: AccountArguments,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of PasswordArguments")]
    pub password: PasswordArguments,
}

/// Options of `users list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Only accounts with this role: application-access, superuser or fitness-trainer
    #[arg(long, value_parser = role)]
    pub role: Option<Role>,
    /// Only accounts that may not be used
    #[arg(long)]
    pub inactive: bool,
    /// Only names or addresses that contain this, ignoring case
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// The most accounts to list
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    pub limit: i64,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `users sessions`.
#[derive(Debug, Args)]
pub struct SessionsArguments {
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of AccountArguments")]
    pub account: AccountArguments,
    /// End them all
    #[arg(long)]
    pub end: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `users export`.
#[derive(Debug, Args)]
pub struct UserExportArguments {
    /// The address of the account
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// The file, which is replaced if it is there
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Everything as one JSON document, or the training sessions as another app writes them
    #[arg(long, value_enum, default_value_t = UserExportFormat::Json)]
    pub format: UserExportFormat,
}

/// What a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UserExportFormat {
    /// The document of `GET /access/export`
    Json,
    /// Training sessions as CSV in the form of Hevy
    Hevy,
    /// Training sessions as CSV in the form of Strong
    Strong,
}

/// Options of `users import`.
#[derive(Debug, Args)]
pub struct UserImportArguments {
    /// The address of the account
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the file is; without it its beginning decides
    #[arg(long, value_enum)]
    pub format: Option<UserImportFormat>,
    /// Where the clocks were set whose times are in a CSV file, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    pub time_zone: Option<TimeZone>,
    /// In what weights are, where the file does not say it
    #[arg(long, value_enum)]
    pub weight_unit: Option<WeightUnitArgument>,
    /// In what distances are, where the file does not say it
    #[arg(long, value_enum)]
    pub distance_unit: Option<DistanceUnitArgument>,
    /// A file that says what names mean, as the body of PUT /imports/{id}/mapping does
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// A name means the exercise of this id; can be given several times
    #[arg(long, value_name = "NAME=ID")]
    pub map: Vec<String>,
    /// Make a custom exercise of a name; can be given several times
    #[arg(long, value_name = "NAME")]
    pub create: Vec<String>,
    /// Leave out what was done under a name; can be given several times
    #[arg(long, value_name = "NAME")]
    pub skip: Vec<String>,
    /// Make custom exercises of all names of which nothing is known
    #[arg(long, conflicts_with = "skip_unknown")]
    pub create_unknown: bool,
    /// Leave out what was done under names of which nothing is known
    #[arg(long)]
    pub skip_unknown: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// What a file is that is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UserImportFormat {
    /// The document of `GET /access/export`, which may be compressed with gzip
    Json,
    /// The CSV file of Hevy
    Hevy,
    /// The CSV file of Strong
    Strong,
}

impl From<UserImportFormat> for ImportFormat {
    fn from(format: UserImportFormat) -> Self {
        match format {
            UserImportFormat::Json => Self::IrontrackJson,
            UserImportFormat::Hevy => Self::HevyCsv,
            UserImportFormat::Strong => Self::StrongCsv,
        }
    }
}

/// In what weights are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WeightUnitArgument {
    /// Kilograms
    Kg,
    /// Pounds
    Lb,
}

impl From<WeightUnitArgument> for WeightUnit {
    fn from(unit: WeightUnitArgument) -> Self {
        match unit {
            WeightUnitArgument::Kg => Self::Kilogram,
            WeightUnitArgument::Lb => Self::Pound,
        }
    }
}

/// In what distances are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DistanceUnitArgument {
    /// Kilometres
    Km,
    /// Miles
    Mi,
}

impl From<DistanceUnitArgument> for DistanceUnit {
    fn from(unit: DistanceUnitArgument) -> Self {
        match unit {
            DistanceUnitArgument::Km => Self::Kilometre,
            DistanceUnitArgument::Mi => Self::Mile,
        }
    }
}

fn time_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::parse(name).map_err(|violation| format!("the value {violation}"))
}

fn role(slug: &str) -> Result<Role, String> {
    Role::from_slug(slug).ok_or_else(|| format!("expected one of {}", Role::ALL.map(Role::slug).join(", ")))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    fn parse(arguments: &[&str]) -> Result<UsersCommand, String> {
        let all = ["irontrack", "users"].iter().chain(arguments);
        match Arguments::try_parse_from(all).map_err(|error| error.to_string())?.command {
            Command::Users(command) => Ok(command),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn an_export_is_a_document_unless_an_app_is_named() {
        let format = |more: &[&str]| match parse(&[&["export", "jo@example.com", "jo.csv"], more].concat()) {
            Ok(UsersCommand::Export(export)) => Ok(export.format),
            other => Err(format!("{other:?}")),
        };
        assert_eq!(format(&[]), Ok(UserExportFormat::Json));
        assert_eq!(format(&["--format", "strong"]), Ok(UserExportFormat::Strong));
        assert!(format(&["--format", "xlsx"]).is_err_and(|error| error.contains("hevy")));
        assert!(parse(&["export", "jo@example.com"]).is_err_and(|error| error.contains("<FILE>")));
    }

    #[test]
    fn an_address_is_an_argument_or_an_option() {
        for arguments in [["deactivate", "jo@example.com"], ["deactivate", "--email=jo@example.com"]] {
            let Ok(UsersCommand::Deactivate(account)) = parse(&arguments) else { panic!("{arguments:?}") };
            assert_eq!(account.given(), Some("jo@example.com"));
        }
        assert!(parse(&["deactivate", "jo@example.com", "--email", "al@example.com"]).is_err());
    }

    #[test]
    fn a_role_is_one_of_three() {
        let Ok(UsersCommand::List(list)) = parse(&["list", "--role", "superuser"]) else { panic!("no list") };
        assert_eq!((list.role, list.limit), (Some(Role::Superuser), 100));
        let error = parse(&["list", "--role", "janitor"]).unwrap_err();
        assert!(error.contains("fitness-trainer"), "{error}");
        assert!(parse(&["list", "--limit", "0"]).is_err());
    }

    #[test]
    fn the_last_word_about_superusers_counts() {
        let flags = |arguments: &[&str]| match parse(&[&["create-user"], arguments].concat()) {
            Ok(UsersCommand::CreateUser(user)) => (user.superuser, user.no_superuser),
            other => panic!("{other:?}"),
        };
        assert_eq!(flags(&["--superuser", "--no-superuser"]), (false, true));
        assert_eq!(flags(&["--no-superuser", "--superuser"]), (true, false));
    }
}
