//! What an earlier run has left on a cluster: a server that still runs, or the trace of one.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::EmbeddedError;
use crate::deadline;
use crate::pid_file::{self, PidFile};

/// Who has the process id that `postmaster.pid` names.
#[derive(Debug, PartialEq, Eq)]
enum Holder {
    /// A PostgreSQL server on this cluster.
    Server,
    /// Some other process that got the number later.
    Other,
    /// No process, or one that we may not look at. PostgreSQL itself decides what the file is worth.
    Unknown,
}

/// Clears the way for a new server on `cluster`. The caller holds the lock, so a server that runs there has lost the
/// process that started it: it is stopped in order and waited for.
pub(crate) fn settle(cluster: &Path, limit: Duration) -> Result<(), EmbeddedError> {
    let Some(PidFile { pid, .. }) = PidFile::read(cluster) else {
        return Ok(());
    };
    match holder(pid, cluster) {
        Holder::Unknown => Ok(()),
        Holder::Server => stop(pid, cluster, limit),
        Holder::Other => {
            // PostgreSQL would take a foreign process of the same user for a running server and refuse to start.
            let path = cluster.join(pid_file::NAME);
            match fs::remove_file(&path) {
                // A server that has just ended in order removes the file itself.
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(EmbeddedError::io("remove the stale file", &path)(error))
                }
                _ => Ok(()),
            }
        }
    }
}

fn stop(pid: u32, cluster: &Path, limit: Duration) -> Result<(), EmbeddedError> {
    if let Ok(number) = i32::try_from(pid) {
        // Refused, or gone by now: the wait below finds out.
        let _ = kill(Pid::from_raw(number), Signal::SIGINT);
    }
    deadline::poll(limit, || (holder(pid, cluster) != Holder::Server).then_some(()))
        .ok_or_else(|| EmbeddedError::InUse { folder: cluster.to_owned(), pid: Some(pid) })
}

fn holder(pid: u32, cluster: &Path) -> Holder {
    if cfg!(target_os = "linux") { holder_in_proc(pid, cluster) } else { holder_in_process_list(pid, cluster) }
}

/// A server's program is `postgres` and it works in the folder of its cluster.
fn holder_in_proc(pid: u32, cluster: &Path) -> Holder {
    let process = Path::new("/proc").join(pid.to_string());
    if !process.exists() {
        return Holder::Unknown;
    }
    let (Ok(program), Ok(folder)) = (fs::read_link(process.join("exe")), fs::read_link(process.join("cwd"))) else {
        return holder_without_program(&process);
    };
    // After an upgrade of the package the link says "postgres (deleted)".
    let name = program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_postgres = name == "postgres" || name == "postgres (deleted)";
    if is_postgres && fs::canonicalize(cluster).is_ok_and(|cluster| cluster == folder) {
        Holder::Server
    } else {
        Holder::Other
    }
}

/// A process whose links cannot be read has ended and waits for its parent (state Z), or it is another user's.
fn holder_without_program(process: &Path) -> Holder {
    let status = fs::read_to_string(process.join("stat")).unwrap_or_default();
    let state = status.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    if state == Some('Z') { Holder::Other } else { Holder::Unknown }
}

/// For systems without `/proc`: the command line of our servers names the cluster.
fn holder_in_process_list(pid: u32, cluster: &Path) -> Holder {
    let Ok(output) = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output() else {
        return Holder::Unknown;
    };
    let line = String::from_utf8_lossy(&output.stdout);
    if line.trim().is_empty() {
        Holder::Unknown
    } else if line.contains("postgres") && line.contains(&*cluster.to_string_lossy()) {
        Holder::Server
    } else {
        Holder::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_is_no_server_is_another() {
        let cluster = Path::new("/");
        assert_eq!(holder_in_proc(std::process::id(), cluster), Holder::Other);
        assert_eq!(holder_in_process_list(std::process::id(), Path::new("/no/such/cluster")), Holder::Other);
    }

    #[test]
    fn a_number_without_a_process_is_unknown() {
        // Above the largest process id that Linux gives out.
        let pid = 5_000_000;
        assert_eq!(holder_in_proc(pid, Path::new("/")), Holder::Unknown);
        assert_eq!(holder_in_process_list(pid, Path::new("/")), Holder::Unknown);
    }
}
