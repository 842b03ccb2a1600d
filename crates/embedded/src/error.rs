//! What can go wrong with a private cluster.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a private cluster could not be found, made, started or stopped. Every message is one line that names what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// No PostgreSQL of a usable version is installed.
    #[error("{}", binaries_missing(*.wanted, .found))]
    BinariesMissing {
        /// The major version that was asked for, if it had to be a certain one.
        wanted: Option<u32>,
        /// The major versions that were found instead.
        found: Vec<u32>,
    },

    /// The PostgreSQL binaries are there and cannot be used.
    #[error(
        "the PostgreSQL binaries in {} cannot be used: {reason}; let IRONTRACK_POSTGRES_BIN name a folder that holds \
         working initdb and postgres programs",
        .folder.display()
    )]
    BinariesUnusable {
        /// The folder of the binaries.
        folder: PathBuf,
        /// What is wrong with them.
        reason: String,
    },

    /// The data was written by another major version than the installed ones.
    #[error(
        "{} holds data of PostgreSQL {data}, and only PostgreSQL {} is here; run apt-get install postgresql-{data}, or \
         let IRONTRACK_POSTGRES_BIN name the folder of its binaries, or move the data away to begin anew",
        .folder.display(), versions(.available)
    )]
    VersionMismatch {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The major version that wrote the data.
        data: u32,
        /// The major versions that are installed.
        available: Vec<u32>,
    },

    /// Another server runs on this data folder.
    #[error("another server runs on {}{}; stop it first or use another folder", .folder.display(), process(*.pid))]
    InUse {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The process id of the PostgreSQL server that runs there, if known.
        pid: Option<u32>,
    },

    /// Something that is no PostgreSQL cluster is in the cluster's place.
    #[error("{} is not a PostgreSQL cluster: {reason}; move it away or use another data folder", .folder.display())]
    NotACluster {
        /// What stands in the cluster's place.
        folder: PathBuf,
        /// How it differs from a cluster.
        reason: String,
    },

    /// The user that PostgreSQL runs as cannot reach the folder of its data.
    #[error(
        "the user {user}, which runs PostgreSQL, cannot reach {}; let that user enter it and the folders above it, or \
         use another data folder",
        .folder.display()
    )]
    Unreachable {
        /// The folder that holds the cluster.
        folder: PathBuf,
        /// The user that PostgreSQL would run as.
        user: String,
    },

    /// We are root, and there is no other user that PostgreSQL could run as.
    #[error(
        "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody; add one (useradd \
         --system postgres) or start as another user"
    )]
    NoUser,

    /// The operating system has no locale that a cluster could be made with.
    #[error(
        "the operating system has neither the locale C.UTF-8 nor en_US.UTF-8; install one (apt-get install locales)"
    )]
    LocaleMissing,

    /// `initdb` could not make the cluster.
    #[error("initdb could not make the cluster: {}; put that right and start again", joined(.lines))]
    InitFailed {
        /// The last lines of its output.
        lines: Vec<String>,
    },

    /// The server ended before it was ready.
    #[error("PostgreSQL did not start: {}; put that right and start again (log: {})", joined(.lines), .log.display())]
    StartFailed {
        /// The server's log.
        log: PathBuf,
        /// The last lines it has of this start.
        lines: Vec<String>,
    },

    /// The server was not ready in time and was stopped again.
    #[error(
        "PostgreSQL was not ready within {} s: {}; start again with a longer time limit (log: {})",
        .limit.as_secs_f32(), joined(.lines), .log.display()
    )]
    Timeout {
        /// The time it had.
        limit: Duration,
        /// The server's log.
        log: PathBuf,
        /// The last lines it has of this start.
        lines: Vec<String>,
    },

    /// The server is still there after all signals.
    #[error("PostgreSQL (process {pid}) does not stop; look at that process, it may be waiting for a disk")]
    StopFailed {
        /// The process id of the server.
        pid: u32,
    },

    /// The operating system refused something.
    #[error("cannot {action} {}: {source}; check this path and its permissions", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was to be done with it, as in "cannot *create the folder* /x".
        action: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
}

impl EmbeddedError {
    /// For `map_err`: turns what the operating system said into an [`EmbeddedError::Io`].
    pub(crate) fn io<E: Into<io::Error>>(action: &'static str, path: &Path) -> impl FnOnce(E) -> Self {
        move |source| Self::Io { path: path.to_owned(), action, source: source.into() }
    }
}

fn binaries_missing(wanted: Option<u32>, found: &[u32]) -> String {
    let package = wanted.map_or_else(String::new, |version| format!("-{version}"));
    let what = wanted.map_or_else(|| "PostgreSQL 14 or newer".to_owned(), |version| format!("PostgreSQL {version}"));
    let instead = if found.is_empty() { String::new() } else { format!(" (only {})", versions(found)) };
    format!(
        "{what} is not installed{instead}; run apt-get install postgresql{package}, or let IRONTRACK_POSTGRES_BIN name \
         the folder that holds initdb and postgres"
    )
}

fn versions(versions: &[u32]) -> String {
    versions.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (PostgreSQL is process {pid})"))
}

fn joined(lines: &[String]) -> String {
    if lines.is_empty() { "it wrote nothing".to_owned() } else { lines.join(" | ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_one_line() {
        let lines = vec!["a".to_owned(), "b".to_owned()];
        let folder = PathBuf::from("/data/postgres");
        let errors = [
            EmbeddedError::BinariesMissing { wanted: Some(16), found: vec![13, 15] },
            EmbeddedError::VersionMismatch { folder: folder.clone(), data: 16, available: vec![15] },
            EmbeddedError::InUse { folder: folder.clone(), pid: Some(7) },
            EmbeddedError::Unreachable { folder: folder.clone(), user: "postgres".to_owned() },
            EmbeddedError::StartFailed { log: folder, lines: lines.clone() },
            EmbeddedError::InitFailed { lines },
            EmbeddedError::LocaleMissing,
            EmbeddedError::NoUser,
        ];
        for error in errors {
            let text = error.to_string();
            assert!(!text.contains('\n') && !text.contains("  "), "{text}");
        }
    }

    #[test]
    fn a_missing_version_names_its_package() {
        let text = EmbeddedError::BinariesMissing { wanted: Some(16), found: vec![13, 15] }.to_string();
        assert!(text.starts_with("PostgreSQL 16 is not installed (only 13, 15); run apt-get install postgresql-16,"));
        let text = EmbeddedError::BinariesMissing { wanted: None, found: vec![] }.to_string();
        assert!(text.starts_with("PostgreSQL 14 or newer is not installed; run apt-get install postgresql,"), "{text}");
    }
}
