//! `irontrack server dev`: whatever is not configured is set up by itself.

use std::{net::SocketAddr, net::TcpListener, path::Path};

use irontrack_auth::{KeyRing, generate_jwk};
use irontrack_cli::DevArguments;
use irontrack_embedded::{Cluster, ClusterOptions};
use irontrack_http::{BoundServer, Listen, ServerOptions};
use irontrack_postgres_adapter::{Migrator, ensure_database};

use super::{
    bootstrap,
    lifecycle::{SHUTDOWN_SECONDS, serve},
    operations::Operations,
    parts::Parts,
    private_file, runtime,
    table::StartupTable,
};
use crate::{
    Failure,
    logging::Logging,
    settings::{Environment, Secret, Settings, Source, cores, shown},
};

/// Name of the database in the private cluster.
const DATABASE: &str = "irontrack";

/// Where the data is.
struct Database {
    url: Secret,
    direct_url: Secret,
    description: String,
    /// The private cluster; stopped after everything else.
    cluster: Option<Cluster>,
}

/// Serves until told to stop.
pub(crate) fn dev(arguments: &DevArguments) -> Result<(), Failure> {
    let settings = Settings::read(&Source::load()?, Environment::Development)?;
    let logging = Logging::start(&settings);
    let address = SocketAddr::new(arguments.host, arguments.port.unwrap_or(settings.port));
    check_free(address)?;
    // What is configured is checked before anything is made.
    let configured_keys = settings.key_ring()?;
    let database = Database::open(&settings, &arguments.data_dir)?;
    let outcome = runtime()?.block_on(serve_on(address, arguments, &settings, &database, configured_keys, &logging));
    if let Some(cluster) = database.cluster {
        cluster.stop().map_err(|error| Failure::failed(error.to_string()))?;
    }
    outcome
}

async fn serve_on(
    address: SocketAddr,
    arguments: &DevArguments,
    settings: &Settings,
    database: &Database,
    configured_keys: Option<KeyRing>,
    logging: &Logging,
) -> Result<(), Failure> {
    database.prepare().await?;
    let connections = settings.max_connections;
    let keys = match configured_keys {
        Some(keys) => keys,
        None => own_keys(&arguments.data_dir)?,
    };
    let parts = Parts::connect(settings, &database.url, &database.direct_url, keys).await?;
    bootstrap::create_roles(&parts).await?;
    let administrator = if database.cluster.is_some() || arguments.bootstrap {
        bootstrap::fill(&parts, settings, &arguments.data_dir).await?
    } else {
        "not created (see --bootstrap)".to_owned()
    };
    let (cache, _following) = (parts.cache_place().to_owned(), parts.follow());
    let sweepers = parts.sweepers();
    let watched = parts.watched.clone();
    let (state, audit) = parts.http_state();
    let (server, traffic) = BoundServer::bind(
        state,
        &ServerOptions {
            listen: Listen::Tcp(address),
            workers: arguments.workers.map_or_else(cores, usize::from),
            backlog: 1024,
            connections,
            shutdown_seconds: SHUTDOWN_SECONDS,
        },
    )
    .map_err(|error| in_use(address, &error))?;
    let bound = server.address().unwrap_or(address);
    let docs = if settings.docs_enabled { format!("http://{bound}/docs") } else { "off".to_owned() };
    let operations = Operations::bind(settings.operations.as_ref(), traffic, watched, logging)?;
    let reached = operations.as_ref().map_or("off", |operations| operations.place.as_str()).to_owned();
    let table = StartupTable(vec![
        ("Address", format!("http://{bound}")),
        ("Swagger UI", docs),
        ("Database", database.description.clone()),
        ("Cache", cache),
        ("Operations", reached),
        ("Administrator", administrator),
    ]);
    serve(server, &table, audit, sweepers, operations, logging).await
}

impl Database {
    /// The configured database, or the private cluster.
    fn open(settings: &Settings, data_dir: &Path) -> Result<Self, Failure> {
        if let Some(url) = &settings.database.url {
            return Ok(Self {
                url: url.clone(),
                direct_url: settings.database.direct_url.clone().unwrap_or_else(|| url.clone()),
                description: shown::database(url),
                cluster: None,
            });
        }
        let cluster =
            Cluster::start(ClusterOptions::new(data_dir)).map_err(|error| Failure::failed(error.to_string()))?;
        let url = Secret::new("DATABASE_URL", cluster.url(DATABASE));
        Ok(Self {
            direct_url: url.clone(),
            url,
            description: format!("private PostgreSQL {} in {}", cluster.version(), cluster.data_dir().display()),
            cluster: Some(cluster),
        })
    }

    /// Creates the database in the private cluster, and migrates.
    async fn prepare(&self) -> Result<(), Failure> {
        if let Some(cluster) = &self.cluster {
            ensure_database(&cluster.url("postgres"), DATABASE)
                .await
                .map_err(|error| Failure::failed(format!("the database was not created: {error}")))?;
        }
        let migrator = Migrator::new(self.direct_url.expose());
        migrator.upgrade().await.map_err(|error| Failure::failed(format!("the database was not migrated: {error}")))?;
        Ok(())
    }
}

/// A key of our own, made the first time.
fn own_keys(data_dir: &Path) -> Result<KeyRing, Failure> {
    let file = data_dir.join("signing-key.json");
    let new = generate_jwk().map_err(|error| Failure::failed(format!("no signing key: {error}")))?;
    let jwk = private_file::read_or_make(&file, || new)?;
    KeyRing::from_jwk_text(&jwk).map_err(|error| Failure::failed(format!("{}: {error}", file.display())))
}

/// Finds out before anything is started that the port is taken.
fn check_free(address: SocketAddr) -> Result<(), Failure> {
    TcpListener::bind(address).map(drop).map_err(|error| in_use(address, &error))
}

fn in_use(address: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::failed(format!("{address} cannot be listened on: {error} (choose another --port or --host)"))
}
