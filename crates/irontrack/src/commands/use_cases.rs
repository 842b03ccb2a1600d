//! Wiring of the use cases that commands share with the server.

use std::{sync::Arc, time::Duration};

use irontrack_application::{
    Export,
    demo::Demo,
    imports::{ImportReads, Imports},
    progress::Courses,
    setup::Setup,
    users::Users,
};
use irontrack_auth::{Argon2Hasher, HasherSettings, PasswordEstimator};
use irontrack_cli::database::{Migrations, check_current};
use irontrack_ports::query::AuditQueries;
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresDemoStore, PostgresQueries, PostgresUnitOfWorkFactory};
use tokio::runtime::Handle;

use super::{copies, database::Schema};
use crate::{
    Failure, SystemClock,
    server::runtime,
    settings::{CommandSettings, Source},
};

/// How long a statement may take. Nobody but the person who gave the command waits for it.
const STATEMENT: Duration = Duration::from_secs(60);

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Use cases on a database that fits this program.
pub(super) struct UseCases {
    pub(super) settings: CommandSettings,
    pub(super) setup: Setup,
    pub(super) users: Users,
    pub(super) demo: Demo,
    pub(super) export: Export,
    pub(super) imports: Imports,
    pub(super) courses: Courses,
    pub(super) trail: Arc<dyn AuditQueries>,
}

/// Runs a command with use cases.
pub(super) fn with_use_cases(command: impl AsyncFnOnce(&UseCases) -> Result<(), Failure>) -> Result<(), Failure> {
    let settings = CommandSettings::read(&Source::load()?)?;
    let runtime = runtime()?;
    check_current(&Schema::new(&settings.database, &runtime).status()?)?;
    runtime.block_on(async {
        let use_cases = UseCases::connect(settings).await?;
        command(&use_cases).await
    })
}

impl UseCases {
    async fn connect(settings: CommandSettings) -> Result<Self, Failure> {
        let options = PoolOptions {
            application_name: "irontrack command".to_owned(),
            max_size: 2,
            checkout_timeout: CONNECT,
            connect_timeout: CONNECT,
            statement_timeout: STATEMENT,
            ..PoolOptions::new(settings.database.expose())
        };
        let pool = Pool::connect(options, Handle::current())
            .await
            .map_err(|error| Failure::failed(format!("the database is not usable: {error}")))?;
        let permits = settings.crypto_max_workers;
        let hasher = Argon2Hasher::new(HasherSettings { permits, queue_limit: permits })
            .map_err(|error| Failure::failed(format!("passwords cannot be hashed: {error}")))?;
        let strength = Arc::new(PasswordEstimator::new(settings.password_min_strength, &hasher));
        let copies = copies::wire(&settings).await?;
        let url = settings.database.expose();
        let demo = PostgresDemoStore::new(url, pool.clone(), Handle::current())
            .map_err(|error| Failure::failed(format!("the database is not usable: {error}")))?;
        let units = Arc::new(PostgresUnitOfWorkFactory::new(pool.clone()));
        let (queries, hasher, clock) = (Arc::new(PostgresQueries::new(pool)), Arc::new(hasher), Arc::new(SystemClock));
        let administrator = settings.admin_email.clone();
        Ok(Self {
            setup: Setup::new(
                units.clone(),
                queries.clone(),
                hasher.clone(),
                strength.clone(),
                copies.clone(),
                clock.clone(),
            ),
            demo: Demo::new(
                Arc::new(demo),
                queries.clone(),
                hasher.clone(),
                strength.clone(),
                clock.clone(),
                administrator.clone(),
            ),
            export: Export::new(queries.clone()),
            imports: Imports::new(
                units.clone(),
                ImportReads {
                    imports: queries.clone(),
                    exercises: queries.clone(),
                    export: queries.clone(),
                    catalogues: queries.clone(),
                },
                copies.clone(),
                clock.clone(),
            ),
            courses: Courses::new(queries.clone(), queries.clone()),
            users: Users::new(units, queries.clone(), hasher, strength, clock, copies, administrator),
            trail: queries,
            settings,
        })
    }
}
