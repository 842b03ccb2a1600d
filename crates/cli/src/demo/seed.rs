//! `irontrack demo seed`.

use std::time::Instant;

use irontrack_application::demo::{Demo, DemoError, DemoPassword, DemoRequest, Missing};
use irontrack_domain::account::Password;
use irontrack_ports::DemoCounts;
use serde::Serialize;

use crate::{
    DemoSeedArguments, Failure, PasswordArguments,
    output::{Output, Page, Progress, Report, Table, Tone, counted},
    prompt::Prompts,
};

/// What was added.
#[derive(Debug, Serialize)]
struct Seeded {
    accounts_added: u64,
    accounts_unchanged: usize,
    sessions_added: u64,
    exercises_added: u64,
    sets_added: u64,
    seconds: f64,
    /// The password of the accounts that were added, if it was made up.
    password: Option<String>,
    #[serde(skip)]
    is_password_as_before: bool,
}

/// Adds the demo accounts that are missing.
///
/// # Errors
/// A wrong password, or a day that has not come yet; other people have accounts; the catalogue was never loaded; the
/// database cannot be used; standard output cannot be written.
pub async fn seed(
    arguments: &DemoSeedArguments,
    demo: &Demo,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    let request = DemoRequest {
        users: arguments.users,
        sessions: arguments.sessions,
        seed: arguments.random_seed,
        until: arguments.until,
        password: given(&arguments.password, prompts)?,
        among_others: arguments.among_others,
    };
    output.announce(Tone::Heading, "Adding demo accounts")?;
    let start = Instant::now();
    let missing = demo.missing(request).await.map_err(|error| not_added(&error))?;
    let progress = Progress::of("Adding accounts", missing.count());
    let counts = demo.add(&missing, |accounts| progress.advance(accounts)).await;
    drop(progress);
    let counts = counts.map_err(|error| not_added(&error))?;
    output.show(&Seeded::of(&missing, counts, start.elapsed().as_secs_f64()))
}

/// Nobody is asked: without a password, one is made up.
fn given(arguments: &PasswordArguments, prompts: &mut Prompts) -> Result<Option<Password>, Failure> {
    if arguments.password.is_none() && !arguments.password_stdin {
        return Ok(None);
    }
    prompts.new_password(arguments, Password::set_by_administrator).map(Some)
}

fn not_added(error: &DemoError) -> Failure {
    let what_to_do = match error {
        DemoError::Others(_) => "add --among-others if made-up ones may stand among them",
        DemoError::NoCatalogue => "run `irontrack catalog seed` first",
        DemoError::NoRoles => "run `irontrack users create-roles` first",
        DemoError::Overtaken => "run the command again when that is done",
        DemoError::Future(day) => return Failure::usage(format!("--until is wrong: {day} is in the future")),
        error => return Failure::failed(format!("no demo accounts were added: {error}")),
    };
    Failure::failed(format!("no demo accounts were added: {error}; {what_to_do}"))
}

impl Seeded {
    fn of(missing: &Missing, counts: DemoCounts, seconds: f64) -> Self {
        let is_new = missing.count() > 0;
        let password = match missing.password() {
            DemoPassword::New(password) if is_new => Some(password.expose().to_owned()),
            DemoPassword::New(_) | DemoPassword::Given | DemoPassword::AsBefore => None,
        };
        Self {
            accounts_added: counts.accounts,
            accounts_unchanged: missing.present(),
            sessions_added: counts.sessions,
            exercises_added: counts.exercises,
            sets_added: counts.sets,
            seconds: (seconds * 1000.0).round() / 1000.0,
            password,
            is_password_as_before: is_new && *missing.password() == DemoPassword::AsBefore,
        }
    }
}

impl Report for Seeded {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Demo data", "Count"]);
        for (what, count) in [
            ("accounts added", self.accounts_added),
            ("accounts unchanged", u64::try_from(self.accounts_unchanged).unwrap_or(u64::MAX)),
            ("sessions added", self.sessions_added),
            ("exercises added", self.exercises_added),
            ("sets added", self.sets_added),
        ] {
            table.row(Tone::Plain, [what, &count.to_string()]);
        }
        page.table(&table);
        if self.accounts_added > 0 {
            let accounts = counted(self.accounts_added, "account", "accounts");
            page.remark(Tone::Plain, &format!("{accounts} in {:.1} s", self.seconds));
        }
        if let Some(password) = &self.password {
            page.line(Tone::Good, &format!("Sign in as demo-000001@demo.example with the password {password}"));
        }
        if self.is_password_as_before {
            page.line(Tone::Plain, "The new accounts have the password of the first demo account");
        }
    }
}
