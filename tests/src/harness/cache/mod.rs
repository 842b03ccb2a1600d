//! A Valkey or Redis server of one test's own.

mod entries;

use std::{
    io::{BufRead, BufReader, ErrorKind},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

pub use entries::CacheEntries;
use tempfile::TempDir;

use super::signal::signal;

const PROGRAMS: [&str; 2] = ["valkey-server", "redis-server"];

/// A server that listens on a unix socket only; a [`FaultProxy`](super::FaultProxy) gives it a TCP address. It keeps
/// nothing on disk. Killed when dropped.
#[derive(Debug)]
pub struct CacheServer {
    folder: TempDir,
    child: Child,
}

impl CacheServer {
    /// Starts the server and waits until it accepts connections.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let child = run(&folder);
        Self { folder, child }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// The file of its socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// What it stores, over a connection of its own.
    #[must_use]
    pub fn entries(&self) -> CacheEntries {
        CacheEntries::connect(&self.url())
    }

    /// Removes everything that is stored in it.
    pub fn wipe(&self) {
        self.entries().flush();
    }

    /// Kills it.
    pub fn stop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }

    /// Kills it if it runs, and starts it at the same address, empty.
    pub fn restart(&mut self) {
        self.stop();
        self.child = run(&self.folder);
    }

    /// Holds its process: connections stay, and nothing answers.
    pub fn freeze(&self) {
        signal("STOP", &[self.child.id()]);
    }

    /// Lets its process go on.
    pub fn thaw(&self) {
        signal("CONT", &[self.child.id()]);
    }
}

/// A running server that accepts connections.
fn run(folder: &TempDir) -> Child {
    let mut child = PROGRAMS.iter().find_map(|program| spawn(program, folder)).unwrap_or_else(|| {
        panic!("none of {PROGRAMS:?} is on the PATH: run scripts/install-services.sh");
    });
    let log = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut lines = log.lines().map_while(Result::ok);
    assert!(
        lines.any(|line| line.to_lowercase().contains("ready to accept connections")),
        "the cache server ended before it was ready"
    );
    // It must not block on a full pipe, so what else it prints is read and forgotten.
    std::thread::spawn(move || lines.for_each(drop));
    child
}

fn spawn(program: &str, folder: &TempDir) -> Option<Child> {
    let mut command = Command::new(program);
    command
        .args(["--port", "0", "--unixsocket", "socket", "--save", "", "--appendonly", "no", "--daemonize", "no"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        result => Some(result.expect("the cache server starts")),
    }
}

impl Drop for CacheServer {
    fn drop(&mut self) {
        self.stop();
    }
}
