//! PgBouncer with the configuration of `deploy/pgbouncer`.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    os::unix::net::UnixStream,
    path::Path,
    sync::OnceLock,
    time::Duration,
};

use postgres::{Config, config::Host};
use tempfile::TempDir;
use uuid::Uuid;

use super::{
    super::{Process, TestDatabase, until},
    deployment::{Daemon, folder, render, script},
};

const PORT: &str = "6432";

/// What a server connection of the pooler is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolMode {
    /// One transaction, as configured.
    Transaction,
    /// One transaction, and prepared statements are not kept account of, as in versions before 1.21.
    Forgetful,
    /// One client as long as it is there.
    Session,
    /// One statement.
    Statement,
}

/// How a pooler differs from the usual one.
#[derive(Debug, Clone, Copy)]
pub struct PoolerOptions {
    /// The most connections to the server.
    pub server_connections: u32,
    /// What they are for.
    pub mode: PoolMode,
    /// Clients wait for a connection as long as it takes.
    pub is_patient: bool,
}

impl Default for PoolerOptions {
    fn default() -> Self {
        Self { server_connections: 10, mode: PoolMode::Transaction, is_patient: false }
    }
}

/// A pooler before one database. It lets one role in, that has rights on its tables and is no superuser.
#[derive(Debug)]
pub struct Pooler {
    daemon: Option<Daemon>,
    /// The database behind the pooler.
    pub url: String,
    /// The same, as the same role, without the pooler.
    pub direct_url: String,
    user: Option<(u32, u32)>,
    folder: TempDir,
}

impl Pooler {
    /// Starts a pooler before a database in a private cluster.
    #[must_use]
    pub fn start(database: &TestDatabase, options: PoolerOptions) -> Self {
        let server: Config = database.url.parse().expect("the address can be read");
        let Some(Host::Unix(sockets)) = server.get_hosts().first() else {
            panic!("the database is not in a private cluster");
        };
        let name = server.get_dbname().expect("the address names a database");
        let (role, password) = (format!("app_{}", Uuid::new_v4().simple()), Uuid::new_v4().simple().to_string());
        let owner = server.get_user().expect("the address names a user");
        let make_role = format!("CREATE ROLE {role} LOGIN PASSWORD '{password}' IN ROLE {owner}");
        database.connect().batch_execute(&make_role).expect("a role can be made");

        let folder = folder("irontrack-pgbouncer-");
        let at = folder.path();
        let list = at.join("userlist.txt");
        userlist(&database.url, &role, &list, at);
        let values = [
            ("PGBOUNCER_DATABASE", name),
            ("PGBOUNCER_SERVER_HOST", text(sockets)),
            ("PGBOUNCER_SERVER_PORT", "5432"),
            ("PGBOUNCER_LISTEN_ADDRESS", ""),
            ("PGBOUNCER_LISTEN_PORT", PORT),
            ("PGBOUNCER_SOCKET_FOLDER", text(at)),
            ("PGBOUNCER_AUTH_FILE", text(&list)),
            ("PGBOUNCER_POOL_SIZE", &options.server_connections.to_string()),
            ("PGBOUNCER_MAX_CLIENTS", "200"),
        ];
        render("pgbouncer", at, values);
        let ini = at.join("pgbouncer.ini");
        change_mode(&ini, options.mode);
        if options.is_patient {
            change(&ini, "query_wait_timeout = 2", "query_wait_timeout = 120");
        }
        // It does not run as root, and the private cluster lets nobody in but its owner.
        let socket = fs::metadata(sockets.join(".s.PGSQL.5432")).expect("the private cluster has a socket");
        let user = Some((socket.uid(), socket.gid())).filter(|(user, _)| *user != current_user(at));
        if let Some((user, group)) = user {
            for path in [at, &ini, &list] {
                chown(path, Some(user), Some(group)).expect("root may give files away");
            }
        }
        let url = format!("postgresql://{role}:{password}@{}:{PORT}/{name}", encoded(at));
        let direct_url = format!("postgresql://{role}:{password}@{}/{name}", encoded(sockets));
        let mut pooler = Self { daemon: None, url, direct_url, user, folder };
        pooler.start_again();
        pooler
    }

    /// Stops it: who is connected is cut off.
    pub fn stop(&mut self) {
        self.daemon = None;
    }

    /// Kills it, in the middle of whatever it does.
    pub fn kill(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            daemon.kill();
        }
    }

    /// Starts it at the same address.
    pub fn start_again(&mut self) {
        let at = self.folder.path();
        let socket = at.join(format!(".s.PGSQL.{PORT}"));
        // TERM would wait until all clients have gone.
        let mut daemon = Daemon::start(program(), &["pgbouncer.ini"], at, "QUIT", self.user);
        until(Duration::from_secs(20), "the pooler listens", || {
            daemon.assert_running("PgBouncer", at);
            UnixStream::connect(&socket).is_ok()
        });
        self.daemon = Some(daemon);
    }
}

fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| script(&["scripts/install-pgbouncer.sh"]))
}

/// Lets the program write the passwords, as operators do.
fn userlist(superuser_url: &str, role: &str, list: &Path, folder: &Path) {
    let environment = [("DATABASE_DIRECT_URL".to_owned(), superuser_url.to_owned())].into();
    let arguments = ["pgbouncer", "userlist", "--role", role, "--out", text(list)];
    let exit = Process::start(&arguments, folder, &environment).wait();
    assert!(exit.status.success(), "{}", exit.stderr);
}

fn change_mode(ini: &Path, mode: PoolMode) {
    let (from, to) = match mode {
        PoolMode::Transaction => return,
        PoolMode::Forgetful => ("max_prepared_statements = 200", "max_prepared_statements = 0"),
        PoolMode::Session => ("pool_mode = transaction", "pool_mode = session"),
        PoolMode::Statement => ("pool_mode = transaction", "pool_mode = statement"),
    };
    change(ini, from, to);
}

fn change(ini: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(ini).expect("it was rendered");
    assert!(text.contains(from), "the template has no '{from}'");
    fs::write(ini, text.replace(from, to)).expect("it can be changed");
}

/// Who owns what we make.
fn current_user(own: &Path) -> u32 {
    fs::metadata(own).expect("it is there").uid()
}

fn encoded(path: &Path) -> String {
    text(path).replace('/', "%2F")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}
