//! The program under test as a child process.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    client::Client,
    error::{BenchError, io},
    pause::pause,
    request::Request,
    tool,
};

/// A running server; killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// `http://host:port`.
    pub(crate) address: String,
    /// From the start of the process to its first answer.
    pub(crate) start: Duration,
}

/// How programs are started: which one, where, and with which settings.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// The program.
    pub(crate) path: PathBuf,
    /// Its settings.
    pub(crate) environment: BTreeMap<String, String>,
    /// Its working folder, without a file of settings.
    pub(crate) folder: PathBuf,
    /// The cores that it may use; all if none are named.
    pub(crate) cores: Option<String>,
}

impl Program {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = tool::on_cores(&self.path.to_string_lossy(), self.cores.as_deref());
        command.args(arguments).env_clear().envs(&self.environment).current_dir(&self.folder);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    /// Runs a command of the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String, BenchError> {
        tool::output(&mut self.command(arguments))
    }

    /// Starts the server and waits for its first answer.
    pub(crate) fn serve(&self, workers: usize) -> Result<Server, BenchError> {
        let workers = workers.to_string();
        let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", &workers];
        let started = Instant::now();
        let mut command = self.command(&arguments);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.map_err(io(self.path.display().to_string()))?;
        let address = address_of(&mut child);
        // From here on it is killed whatever happens.
        let mut server = Server { child, address: String::new(), start: Duration::ZERO };
        server.address = address?;
        answer_of(&server.address, "/ping")?;
        server.start = started.elapsed();
        Ok(server)
    }

    /// Starts a server of bare handlers, which is this program itself.
    pub(crate) fn serve_bare(&self, workers: usize, cookie: &str, bytes: Option<&Path>) -> Result<Server, BenchError> {
        let this = std::env::current_exe().map_err(io("this program"))?;
        let mut command = tool::on_cores(&this.to_string_lossy(), self.cores.as_deref());
        let port = free_port()?.to_string();
        command.args(["bare", "--port", &port, "--workers", &workers.to_string(), "--cookie", cookie]);
        if let Some(bytes) = bytes {
            command.arg("--bytes").arg(bytes);
        }
        let child = command.stdin(Stdio::null()).spawn().map_err(io("bare handlers"))?;
        let server = Server { child, address: format!("http://127.0.0.1:{port}"), start: Duration::ZERO };
        answer_of(&server.address, "/ping")?;
        Ok(server)
    }
}

/// Waits for an answer, which may need some tries while the server starts.
fn answer_of(address: &str, path: &str) -> Result<(), BenchError> {
    let deadline = Instant::now() + Duration::from_secs(20);
    let client = Client::new(address);
    loop {
        match client.send(&Request::get(path)) {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => pause(Duration::from_millis(1)),
        }
    }
}

/// Reads the address from the table that the server prints when it is ready.
fn address_of(child: &mut Child) -> Result<String, BenchError> {
    let mut lines = BufReader::new(
        child
            .stdout
            .take()
            .into_iter()
            .next_back()
            .ok_or_else(|| BenchError::Output { program: "irontrack", output: "no standard output".to_owned() })?,
    )
    .lines();
    let mut printed = String::new();
    let mut address = None;
    for line in lines.by_ref().map_while(Result::ok) {
        address =
            address.or_else(|| line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned));
        if line.contains("Starting server") {
            break;
        }
        printed += &line;
        printed.push('\n');
    }
    // Whatever it prints later must not fill the pipe.
    std::thread::spawn(move || lines.for_each(drop));
    address.ok_or(BenchError::Output { program: "irontrack", output: printed })
}

fn free_port() -> Result<u16, BenchError> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(io("a free port"))?;
    Ok(listener.local_addr().map_err(io("a free port"))?.port())
}

impl Server {
    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
