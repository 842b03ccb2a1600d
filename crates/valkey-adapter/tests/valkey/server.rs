//! A server of our own, that the tests may stop.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PROGRAMS: [&str; 2] = ["valkey-server", "redis-server"];

/// A private server on a free port and a unix socket. Killed when dropped, also when the test fails.
pub struct Server {
    dir: TempDir,
    port: u16,
    password: Option<&'static str>,
    child: Option<Child>,
}

impl Server {
    /// A server that is not running yet.
    pub fn absent() -> Self {
        Self::new(None)
    }

    fn new(password: Option<&'static str>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        Self { dir: TempDir::new().expect("a folder"), port, password, child: None }
    }

    /// A running server.
    pub async fn start() -> Self {
        let mut server = Self::absent();
        server.restart().await;
        server
    }

    /// A running server with a password.
    pub async fn start_with_password(password: &'static str) -> Self {
        let mut server = Self::new(Some(password));
        server.restart().await;
        server
    }

    /// Restarts the server with another password.
    pub async fn change_password(&mut self, password: &'static str) {
        self.password = Some(password);
        self.restart().await;
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn socket_url(&self) -> String {
        format!("unix://{}", self.dir.path().join("socket").display())
    }

    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Starts the server and waits until it answers.
    pub async fn restart(&mut self) {
        self.stop();
        self.child = Some(self.spawn());
        let deadline = Instant::now() + Duration::from_secs(10);
        while !self.answers().await {
            assert!(Instant::now() < deadline, "the server does not answer");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn spawn(&self) -> Child {
        let port = self.port.to_string();
        for program in PROGRAMS {
            let mut command = Command::new(program);
            command
                .args(["--bind", "127.0.0.1", "--port", &port, "--unixsocket", "socket", "--save", ""])
                .args(["--appendonly", "no", "--daemonize", "no"])
                .current_dir(self.dir.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            if let Some(password) = self.password {
                command.args(["--requirepass", password]);
            }
            match command.spawn() {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                result => return result.expect("the server starts"),
            }
        }
        panic!("none of {PROGRAMS:?} is on the PATH: install one (Debian package redis-server)");
    }

    async fn answers(&self) -> bool {
        let ask = async {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await?;
            stream.write_all(b"PING\r\n").await?;
            let mut answer = [0; 7];
            stream.read_exact(&mut answer).await?;
            Ok::<_, std::io::Error>(answer)
        };
        matches!(ask.await.as_ref().map(<[u8; 7]>::as_slice), Ok(b"+PONG\r\n" | b"-NOAUTH"))
    }

    /// Kills the server.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops the server's process without ending it, or lets it go on.
    pub fn freeze(&self, frozen: bool) {
        let pid = self.child.as_ref().expect("a running server").id().to_string();
        let signal = if frozen { "-STOP" } else { "-CONT" };
        assert!(Command::new("kill").args([signal, &pid]).status().expect("kill").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
