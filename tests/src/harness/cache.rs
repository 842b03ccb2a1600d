//! A Valkey or Redis server of one test's own.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    os::unix::net::UnixStream,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

const PROGRAMS: [&str; 2] = ["valkey-server", "redis-server"];

/// A running server that listens on a unix socket only. Killed when dropped.
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
        let mut child = PROGRAMS.iter().find_map(|program| Self::spawn(program, &folder)).unwrap_or_else(|| {
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
        Self { folder, child }
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

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("unix://{}", self.folder.path().join("socket").display())
    }

    /// Removes everything that is stored in it.
    pub fn wipe(&self) {
        let mut socket = UnixStream::connect(self.folder.path().join("socket")).expect("the cache server listens");
        socket.write_all(b"FLUSHALL\r\n").expect("it can be asked");
        let mut answer = [0; 5];
        socket.read_exact(&mut answer).expect("it answers");
        assert_eq!(&answer, b"+OK\r\n");
    }

    /// Ends it.
    pub fn stop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

impl Drop for CacheServer {
    fn drop(&mut self) {
        self.stop();
    }
}
