//! The program at a terminal of its own.

use std::{
    collections::BTreeMap,
    io::Read,
    path::Path,
    process::{Child, ExitStatus},
    sync::mpsc::{RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use pty_process::{
    Size,
    blocking::{Command, Pty},
};

use super::{process::inherited, program};

/// How long a command at a terminal may take.
const LIMIT: Duration = Duration::from_secs(60);

/// A program that reads from a terminal and writes to it.
pub struct Terminal {
    child: Child,
    screen: Pty,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Terminal").field("child", &self.child).finish_non_exhaustive()
    }
}

impl Terminal {
    /// Starts the program in a folder with nothing in its environment but this and the path, like
    /// [`Process::start`](super::Process::start).
    #[must_use]
    pub fn start(arguments: &[&str], folder: &Path, environment: &BTreeMap<String, String>) -> Self {
        let (screen, terminal) = pty_process::blocking::open().expect("there is a terminal");
        screen.resize(Size::new(50, 200)).expect("the terminal can be resized");
        let child = Command::new(program())
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs(inherited())
            .env("TERM", "xterm-256color")
            .envs(environment)
            .spawn(terminal)
            .expect("the program starts");
        Self { child, screen }
    }

    /// Waits for the end, and answers with everything that was to be seen.
    #[must_use]
    pub fn wait(mut self) -> (ExitStatus, String) {
        let (sender, parts) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of a terminal is an error.
            while let Ok(count @ 1..) = self.screen.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let deadline = Instant::now() + LIMIT;
        let mut seen = Vec::new();
        loop {
            match parts.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(part) => seen.extend(part),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _killed = self.child.kill();
                    panic!("the program did not end; on the terminal is\n{}", String::from_utf8_lossy(&seen));
                }
            }
        }
        let status = self.child.wait().expect("the program can be waited for");
        (status, String::from_utf8_lossy(&seen).replace("\r\n", "\n"))
    }
}
