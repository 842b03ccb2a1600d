//! Starting the server.

use std::ffi::OsString;
use std::process::Command;

use crate::layout::Layout;
use crate::log::Log;
use crate::pid_file::PidFile;
use crate::server::Server;
use crate::socket::SocketFolder;
use crate::user::Account;
use crate::{Binaries, ClusterOptions, EmbeddedError, command, deadline};

/// Starts the server and waits until it accepts connections.
pub(crate) fn launch(
    options: &ClusterOptions,
    binaries: &Binaries,
    layout: &Layout,
    account: Option<&Account>,
    socket: &SocketFolder,
) -> Result<Server, EmbeddedError> {
    let (log, [output, errors]) = Log::open(&layout.data_dir)?;
    let program = binaries.folder.join("postgres");
    let mut command = command::to_run(&program, account);
    command.arg("-D").arg(&layout.cluster);
    apply_settings(&mut command, options, socket);
    command.stdout(output).stderr(errors);
    let mut server = Server::spawn(command).map_err(EmbeddedError::io("run", &program))?;

    let is_ready = |pid| PidFile::read(&layout.cluster).is_some_and(|record| record.ready && record.pid == pid);
    let ready = deadline::poll(options.start_timeout, || {
        if is_ready(server.pid()) { Some(true) } else { server.ended().map(|_| false) }
    });
    let failed = |limit| {
        let (log, lines) = (log.path().to_owned(), log.last_lines());
        match limit {
            Some(limit) => EmbeddedError::Timeout { limit, log, lines },
            None => EmbeddedError::StartFailed { log, lines },
        }
    };
    match ready {
        Some(true) => Ok(server),
        Some(false) => Err(failed(None)),
        None => Err(failed(Some(options.start_timeout))),
    }
}

/// Puts the settings on the command line, where they outrank the configuration file; the last of a name counts.
fn apply_settings(command: &mut Command, options: &ClusterOptions, socket: &SocketFolder) {
    for (name, value) in &options.settings {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    let private = [
        ("listen_addresses", ""),
        ("port", "5432"),
        ("unix_socket_permissions", "0700"),
        ("logging_collector", "off"),
        ("log_destination", "stderr"),
    ];
    for (name, value) in private.into_iter().chain(options.durability.settings()) {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    let mut sockets = OsString::from("unix_socket_directories=");
    sockets.push(socket.setting());
    command.arg("-c").arg(sockets);
}
