//! The program as a child process.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    sync::{Arc, Condvar, Mutex},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use super::program;

/// How long a server may take to start.
const START: Duration = Duration::from_secs(90);

/// A running program. Killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    lines: Mutex<Receiver<String>>,
    printed: Vec<String>,
    log: Arc<Log>,
    logger: Option<JoinHandle<()>>,
}

/// What a program logs, and news of it.
#[derive(Debug, Default)]
struct Log {
    text: Mutex<String>,
    grown: Condvar,
}

/// How a program ended.
#[derive(Debug)]
pub struct Exit {
    /// Its status.
    pub status: ExitStatus,
    /// What it printed to standard output.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
}

impl Process {
    /// Starts the program in a folder with nothing in its environment but this and the path.
    #[must_use]
    pub fn start(arguments: &[&str], folder: &Path, environment: &BTreeMap<String, String>) -> Self {
        let mut child = Command::new(program())
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs(inherited())
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output is piped");
        let mut stderr = child.stderr.take().expect("its errors are piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let log = Arc::new(Log::default());
        let sink = log.clone();
        let logger = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]);
                sink.text.lock().expect("the log is whole").push_str(&text);
                sink.grown.notify_all();
            }
        });
        Self { child, lines: Mutex::new(lines), printed: Vec::new(), log, logger: Some(logger) }
    }

    /// Waits for a line of standard output that contains a text.
    pub fn wait_for_line(&mut self, text: &str) -> String {
        let deadline = Instant::now() + START;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let next = self.lines.lock().expect("the lines are whole").recv_timeout(left);
            match next {
                Ok(line) => {
                    self.printed.push(line.clone());
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let _killed = self.child.kill();
                    let status = self.child.wait();
                    panic!(
                        "expected a line with '{text}'; the program ({status:?}) printed\n{}\nand logged\n{}",
                        self.printed.join("\n"),
                        self.log()
                    );
                }
            }
        }
    }

    /// Waits until the server is ready, and returns its address: `http://host:port`.
    pub fn wait_until_ready(&mut self) -> String {
        let line = self.wait_for_line("Address");
        self.wait_for_line("Starting server");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        address.unwrap_or_else(|| panic!("expected an address in '{line}'")).to_owned()
    }

    /// Everything that was printed to standard output so far.
    #[must_use]
    pub fn printed(&self) -> String {
        self.printed.join("\n")
    }

    /// Everything that was logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.text.lock().expect("the log is whole").clone()
    }

    /// Waits until the log contains a text.
    pub fn wait_for_log(&self, text: &str) -> String {
        let text_so_far = self.log.text.lock().expect("the log is whole");
        let limit = Duration::from_secs(20);
        let (log, waited) =
            self.log.grown.wait_timeout_while(text_so_far, limit, |log| !log.contains(text)).expect("the log is whole");
        assert!(!waited.timed_out(), "expected '{text}' in the log:\n{log}");
        log.clone()
    }

    /// Process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The memory it has in use, in bytes.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory is known");
        let kib = line.trim().trim_end_matches(" kB").parse::<u64>();
        1024 * kib.unwrap_or_else(|_| panic!("expected a number of kB: {line}"))
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.pid().to_string()).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal {name} was not sent");
    }

    /// Waits for the end.
    #[must_use]
    pub fn wait(mut self) -> Exit {
        // A program that does not end is killed, so that the test ends with what it logged.
        let (ended, watch) = channel::<()>();
        let pid = self.pid().to_string();
        let watchdog = std::thread::spawn(move || {
            if matches!(watch.recv_timeout(START), Err(RecvTimeoutError::Timeout)) {
                let _killed = Command::new("kill").args(["-KILL", &pid]).status();
            }
        });
        let status = self.child.wait().expect("the program can be waited for");
        drop(ended);
        watchdog.join().expect("the watchdog ends");
        if let Some(logger) = self.logger.take() {
            logger.join().expect("the log is read to its end");
        }
        self.printed.extend(self.lines.lock().expect("the lines are whole").iter());
        Exit { status, stdout: self.printed(), stderr: self.log() }
    }
}

/// What a program has from us in its environment.
pub(super) fn inherited() -> impl Iterator<Item = (&'static str, OsString)> {
    ["PATH", "HOME", "IRONTRACK_POSTGRES_BIN"]
        .into_iter()
        .filter_map(|name| std::env::var_os(name).map(|value| (name, value)))
}

impl Drop for Process {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
