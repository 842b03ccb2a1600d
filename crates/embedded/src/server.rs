//! The running server process.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::{EmbeddedError, command, deadline};

/// The signals that stop a server, the politest first, and how long each has: "fast" ends all sessions and writes
/// everything to the data files, "immediate" leaves that to the next start.
const STEPS: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(30)),
    (Signal::SIGQUIT, Duration::from_secs(10)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// A server that goes down with our process, and when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    _keeper: Keeper,
}

impl Server {
    /// Starts the server from a thread that lives as long as the returned value: the operating system signals the
    /// server when the thread that started it ends, and the thread of the caller may end early.
    pub(crate) fn spawn(mut command: Command) -> io::Result<Self> {
        command::bind_to_this_process(&mut command, Signal::SIGINT);
        let (started, start) = mpsc::channel();
        let (leave, leaving) = mpsc::channel::<()>();
        let thread = thread::Builder::new().name("postgres-keeper".to_owned()).spawn(move || {
            if started.send(command.spawn()).is_ok() {
                // Until the other end is dropped.
                let _ = leaving.recv();
            }
        })?;
        let keeper = Keeper { leave: Some(leave), thread: Some(thread) };
        let child = start.recv().map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))??;
        Ok(Self { child, _keeper: keeper })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How the server has ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Stops the server and waits for its end. Nothing happens if it has ended already.
    pub(crate) fn stop(&mut self) -> Result<(), EmbeddedError> {
        for (signal, limit) in STEPS {
            if self.ended().is_some() {
                return Ok(());
            }
            // The process has not been waited for, so its number is still its own.
            if let Ok(pid) = i32::try_from(self.pid()) {
                let _ = kill(Pid::from_raw(pid), signal);
            }
            if deadline::poll(limit, || self.ended()).is_some() {
                return Ok(());
            }
        }
        Err(EmbeddedError::StopFailed { pid: self.pid() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

/// The thread that has started the server.
#[derive(Debug)]
struct Keeper {
    leave: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.leave.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
