//! How the PostgreSQL programs are run.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::signal::Signal;
use nix::unistd::setsid;

use crate::user::Account;

/// A command for a PostgreSQL program, run as `account` (or as ourselves) in the folder `/`, which every user can
/// enter, and without the variables that would change what it does.
pub(crate) fn to_run(program: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        // PGPORT, PGDATA and the like are settings for the server as well, and NOTIFY_SOCKET would let it tell systemd
        // that *our* service is ready.
        if name.as_encoded_bytes().starts_with(b"PG") || name == "NOTIFY_SOCKET" {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C");
    if let Some(account) = account {
        // As root this gives up all supplementary groups as well.
        command.uid(account.uid()).gid(account.gid());
    }
    command
}

/// Lets the process get `signal` when the thread that starts it ends, thus also when our process is killed, and gives
/// it a session of its own, so that a Ctrl-C in the terminal reaches only us.
pub(crate) fn bind_to_this_process(command: &mut Command, signal: Signal) {
    let starter = std::process::id();
    let bind = move || {
        setsid()?;
        ask_for_signal_at_parents_death(signal)?;
        if std::os::unix::process::parent_id() == starter {
            Ok(())
        } else {
            // Our process died before the signal was asked for.
            Err(io::Error::from(io::ErrorKind::BrokenPipe))
        }
    };
    #[expect(unsafe_code, reason = "only the child itself can ask for the signal; it makes plain system calls only")]
    // SAFETY: between fork and exec the closure makes the system calls setsid, prctl and getppid only, which are
    // async-signal-safe; it allocates nothing and takes no lock.
    unsafe {
        command.pre_exec(bind);
    }
}

#[cfg(target_os = "linux")]
fn ask_for_signal_at_parents_death(signal: Signal) -> nix::Result<()> {
    nix::sys::prctl::set_pdeathsig(signal)
}

#[cfg(not(target_os = "linux"))]
fn ask_for_signal_at_parents_death(_signal: Signal) -> nix::Result<()> {
    Ok(())
}
