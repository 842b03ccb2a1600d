//! `irontrack server run`: production. Nothing is implicit.

use std::net::{SocketAddr, TcpListener};

use irontrack_auth::KeyRing;
use irontrack_cli::RunArguments;
use irontrack_http::{BoundServer, Listen, ServerOptions};
use irontrack_postgres_adapter::{Migrator, Way};

use super::{
    lifecycle::{SHUTDOWN_SECONDS, serve},
    operations::{Operations, place},
    parts::Parts,
    runtime,
    table::StartupTable,
};
use crate::{
    Failure,
    logging::Logging,
    settings::{Required, Secret, Settings, Source, cores, shown},
};

/// Serves until told to stop.
pub(crate) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let Required { settings, database, keys } = Required::read(&Source::load()?)?;
    let logging = Logging::start(&settings);
    runtime()?.block_on(serve_on(arguments, &settings, &database, keys, &logging))
}

async fn serve_on(
    arguments: &RunArguments,
    settings: &Settings,
    database: &Secret,
    keys: KeyRing,
    logging: &Logging,
) -> Result<(), Failure> {
    let listen = match &arguments.uds {
        Some(path) => Listen::Unix { path: path.clone(), mode: arguments.uds_mode },
        None => Listen::Tcp(SocketAddr::new(arguments.address, arguments.port.unwrap_or(settings.port))),
    };
    // Before the database is changed for a server that cannot serve.
    if let Listen::Tcp(address) = &listen {
        TcpListener::bind(address).map_err(|error| not_listening(&listen, &error))?;
    }
    let connections = settings.max_connections;
    let direct_url = settings.database.direct_url.as_ref().unwrap_or(database);
    refuse_pooler(direct_url).await?;
    migrate(arguments, direct_url).await?;
    let parts = Parts::connect(settings, database, direct_url, keys).await?;
    let (cache, _following) = (parts.cache_place().to_owned(), parts.follow());
    let options = ServerOptions {
        listen,
        workers: arguments.workers.map_or_else(cores, usize::from),
        backlog: arguments.backlog,
        connections,
        shutdown_seconds: SHUTDOWN_SECONDS,
    };
    let sweepers = parts.sweepers();
    let watched = parts.watched.clone();
    let (state, audit) = parts.http_state();
    let (server, traffic) =
        BoundServer::bind(state, &options).map_err(|error| not_listening(&options.listen, &error))?;
    let address = server.address().map_or_else(|| place(&options.listen), |address| format!("http://{address}"));
    let operations = Operations::bind(settings.operations.as_ref(), traffic, watched, logging)?;
    let reached = operations.as_ref().map_or("off", |operations| operations.place.as_str()).to_owned();
    let table = StartupTable(vec![
        ("Address", address),
        ("Workers", options.workers.to_string()),
        ("Database", shown::database(database)),
        ("Cache", cache),
        ("Operations", reached),
    ]);
    serve(server, &table, audit, sweepers, operations, logging).await
}

/// Migrations, locks and messages from other instances need sessions of their own.
async fn refuse_pooler(direct_url: &Secret) -> Result<(), Failure> {
    let way = Way::to(direct_url.expose());
    let way = way.await.map_err(|error| Failure::failed(format!("the database is not usable: {error}")))?;
    if way == Way::Direct {
        return Ok(());
    }
    let setting = direct_url.setting();
    Err(Failure::usage(format!(
        "{setting} leads through a pooler in transaction mode: set DATABASE_DIRECT_URL to an address of PostgreSQL itself"
    )))
}

async fn migrate(arguments: &RunArguments, direct_url: &Secret) -> Result<(), Failure> {
    let failed = |error: &dyn std::error::Error| Failure::failed(format!("the database was not migrated: {error}"));
    let migrator = Migrator::new(direct_url.expose());
    if arguments.migrate {
        migrator.upgrade().await.map_err(|error| failed(&error))?;
        return Ok(());
    }
    let pending = migrator.pending().await.map_err(|error| failed(&error))?;
    if pending.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "the database lacks {} migration(s): start with --migrate, or run `irontrack database upgrade` first",
        pending.len()
    )))
}

fn not_listening(listen: &Listen, error: &std::io::Error) -> Failure {
    Failure::failed(format!("{} cannot be listened on: {error}", place(listen)))
}
