//! `irontrack database`.

use irontrack_cli::{
    DatabaseCommand,
    database::{self, Migration, MigrationState, Migrations},
    output::Output,
    prompt::Prompts,
};
use irontrack_postgres_adapter::{MigrationError, MigrationState as State, Migrator};
use tokio::runtime::Runtime;

use crate::{
    Failure,
    server::runtime,
    settings::{CommandSettings, Secret, Source},
};

/// Changes the schema, or looks at it.
pub(crate) fn database(command: &DatabaseCommand) -> Result<(), Failure> {
    let url = CommandSettings::database(&Source::load()?)?;
    let runtime = runtime()?;
    let schema = Schema::new(&url, &runtime);
    match command {
        DatabaseCommand::Upgrade(arguments) => {
            let mut output = Output::standard(arguments.output);
            database::upgrade(arguments, &schema, &mut Prompts::standard(), &mut output)
        }
        DatabaseCommand::Downgrade(arguments) => {
            let mut output = Output::standard(arguments.output);
            database::downgrade(arguments, &schema, &mut Prompts::standard(), &mut output)
        }
        DatabaseCommand::Status(arguments) => database::status(&schema, &mut Output::standard(arguments.output)),
        DatabaseCommand::Check(arguments) => database::check(&schema, &mut Output::standard(arguments.output)),
    }
}

/// The schema of a database.
pub(super) struct Schema<'a> {
    migrator: Migrator,
    runtime: &'a Runtime,
}

impl<'a> Schema<'a> {
    /// The schema of the database at that address, which leads around a pooler.
    pub(super) fn new(direct_url: &Secret, runtime: &'a Runtime) -> Self {
        Self { migrator: Migrator::new(direct_url.expose()), runtime }
    }
}

impl Migrations for Schema<'_> {
    fn status(&self) -> Result<Vec<Migration>, Failure> {
        let status = self.runtime.block_on(self.migrator.status()).map_err(failed)?;
        let state = |state| match state {
            State::Applied => MigrationState::Applied,
            State::Pending => MigrationState::Pending,
            State::Unknown => MigrationState::Unknown,
        };
        Ok(status.into_iter().map(|known| Migration { name: known.name, state: state(known.state) }).collect())
    }

    fn apply(&self, last: &str) -> Result<Vec<String>, Failure> {
        self.runtime.block_on(self.migrator.upgrade_to(last)).map_err(failed)
    }

    fn take_back(&self, names: Vec<String>) -> Result<(), Failure> {
        self.runtime.block_on(self.migrator.take_back(names)).map_err(failed)
    }
}

fn failed(error: MigrationError) -> Failure {
    Failure::failed(match error {
        MigrationError::Connect(error) => format!("the database is not usable: {error}"),
        error => error.to_string(),
    })
}
