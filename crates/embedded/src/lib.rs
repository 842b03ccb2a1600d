//! A private PostgreSQL cluster for development and tests.
//!
//! [`Cluster::start`] makes a cluster in a folder the first time and starts it from then on. The server listens on a
//! unix socket in a folder of mode 0700 and on nothing else, and it goes down with the process that started it, also
//! when that process is killed.
//!
//! ```no_run
//! use irontrack_embedded::{Cluster, ClusterOptions};
//!
//! let cluster = Cluster::start(ClusterOptions::new("/srv/irontrack/data"))?;
//! println!("{}", cluster.url("postgres"));
//! cluster.stop()?;
//! # Ok::<(), irontrack_embedded::EmbeddedError>(())
//! ```
//!
//! # What the data folder holds
//!
//! * `postgres`: the cluster. `postgres.new` is one that is being made; a killed first start leaves only that behind,
//!   and the next start removes it.
//! * `postgres.log`: the server's log; at a start where it has outgrown 10 MiB it becomes `postgres.log.1`.
//! * `socket`: the folder of the unix socket while the server runs. If the socket's path would be too long for the
//!   operating system or contain a comma, a fresh folder under the system's temporary folder is used.
//! * `lock`: locked as long as a [`Cluster`] uses the folder.
//!
//! # Running as root
//!
//! PostgreSQL refuses to run as root. The server then runs as the owner of the existing cluster, or for a new one as
//! the user `postgres`, else `nobody`. Where that user cannot reach the data folder (below `/root`, say), the cluster
//! is made in `/var/lib/irontrack` and `postgres` is a symbolic link to it; the socket is beside the cluster then.
//! Removing the data folder does not remove such a cluster.

mod binaries;
mod cluster;
mod command;
mod deadline;
mod error;
mod initdb;
mod launch;
mod layout;
mod lock;
mod log;
mod options;
mod orphan;
mod pid_file;
mod relocation;
mod server;
mod socket;
mod url;
mod user;

pub use binaries::{Binaries, find_binaries};
pub use cluster::Cluster;
pub use error::EmbeddedError;
pub use options::{ClusterOptions, Durability};
