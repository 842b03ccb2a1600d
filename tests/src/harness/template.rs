//! The template of all test databases: migrated, with roles and the system catalogue.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use irontrack::{SystemClock, system_catalogue};
use irontrack_application::{Copies, setup::Setup};
use irontrack_auth::{Argon2Hasher, HasherSettings, PasswordEstimator};
use irontrack_memory_adapter::MemoryCache;
use irontrack_postgres_adapter::{Migrator, Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};

use super::{database, maintenance_url};

/// Name of the template. Made once a run.
pub(super) fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("irontrack_template_{}", std::process::id());
        database::create(maintenance_url(), &name, None);
        let url = database::url(maintenance_url(), &name);
        fill(&url);
        name
    })
}

/// Migrates a new database, and puts roles and catalogue in.
pub(super) fn fill(url: &str) {
    let url = url.to_owned();
    // A thread of its own: the caller may be inside a runtime already.
    std::thread::spawn(move || fill_here(&url)).join().expect("the database can be filled");
}

fn fill_here(url: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        Migrator::new(url).upgrade().await.expect("the migrations run");
        // All tests of the run need it, however busy the machine is while it is made.
        let patience = Duration::from_secs(60);
        let options = PoolOptions {
            checkout_timeout: patience,
            connect_timeout: patience,
            statement_timeout: patience,
            ..PoolOptions::new(url)
        };
        let pool = Pool::connect(options, tokio::runtime::Handle::current()).await;
        let pool = pool.expect("the template can be connected to");
        let hasher = Argon2Hasher::new(HasherSettings { permits: 1, queue_limit: 1 }).expect("hashing works");
        let strength = PasswordEstimator::new(0, &hasher);
        let setup = Setup::new(
            Arc::new(PostgresUnitOfWorkFactory::new(pool.clone())),
            Arc::new(PostgresQueries::new(pool)),
            Arc::new(hasher),
            Arc::new(strength),
            no_copies(),
            Arc::new(SystemClock),
        );
        setup.create_roles().await.expect("roles can be created");
        let catalogue = system_catalogue().expect("the catalogue can be read");
        setup.seed(&catalogue).await.expect("the catalogue can be loaded");
    });
}

/// For whoever changes a database that no server uses.
#[must_use]
pub fn no_copies() -> Arc<Copies> {
    Arc::new(Copies::new(Arc::new(MemoryCache::new(0)), None, Vec::new()))
}
