//! The program at a terminal of its own.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::Path,
    process::{Child, ExitStatus},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use pty_process::{
    Size,
    blocking::{Command, Pty},
};
use rustix::termios::{LocalModes, tcgetattr};

use super::{process::inherited, program};

/// How long a command at a terminal may take.
const LIMIT: Duration = Duration::from_secs(60);

/// A program that reads from a terminal and writes to it. Killed when dropped.
pub struct Terminal {
    child: Child,
    screen: Arc<Pty>,
    parts: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    /// What was looked for already.
    answered: usize,
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
        let screen = Arc::new(screen);
        let reader = screen.clone();
        let (sender, parts) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of a terminal is an error.
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, screen, parts, seen: Vec::new(), answered: 0 }
    }

    /// Waits for a question, and types an answer and the enter key.
    pub fn answer(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        self.type_line(answer);
    }

    /// The same for an answer that is not shown. The question may be there a moment before the terminal is silent.
    pub fn answer_hidden(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        let deadline = Instant::now() + LIMIT;
        while self.shows_what_is_typed() {
            assert!(Instant::now() < deadline, "the answer to '{question}' would be shown");
            std::thread::yield_now();
        }
        self.type_line(answer);
    }

    fn wait_for(&mut self, question: &str) {
        let deadline = Instant::now() + LIMIT;
        loop {
            let text = self.text();
            if let Some(place) = text[self.answered..].find(question) {
                self.answered += place + question.len();
                break;
            }
            assert!(self.read_until(deadline), "expected '{question}'; on the terminal is\n{text}");
        }
    }

    fn shows_what_is_typed(&self) -> bool {
        let settings = tcgetattr(&*self.screen).expect("a terminal has settings");
        settings.local_modes.contains(LocalModes::ECHO)
    }

    fn type_line(&self, answer: &str) {
        (&*self.screen).write_all(format!("{answer}\n").as_bytes()).expect("the terminal takes what is typed");
    }

    /// Waits for the end, and answers with everything that was to be seen.
    #[must_use]
    pub fn wait(mut self) -> (ExitStatus, String) {
        let deadline = Instant::now() + LIMIT;
        while self.read_until(deadline) {}
        let status = self.child.wait().expect("the program can be waited for");
        (status, self.text())
    }

    /// Reads what comes next. Returns whether there was something.
    fn read_until(&mut self, deadline: Instant) -> bool {
        match self.parts.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(part) => {
                self.seen.extend(part);
                true
            }
            Err(RecvTimeoutError::Disconnected) => false,
            Err(RecvTimeoutError::Timeout) => {
                panic!("the program waits for something; on the terminal is\n{}", self.text())
            }
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).replace("\r\n", "\n")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
