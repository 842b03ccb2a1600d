//! Signals to processes.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// Sends a signal to processes. Some may have ended meanwhile, but not all.
pub(super) fn signal(name: &str, pids: &[u32]) {
    let mut command = Command::new("kill");
    command.arg(format!("-{name}")).args(pids.iter().map(u32::to_string)).stderr(Stdio::null());
    let sent = command.status().is_ok_and(|status| status.success());
    let is_there = |pid: &u32| Path::new("/proc").join(pid.to_string()).exists();
    assert!(sent || !pids.iter().all(is_there), "the signal {name} was not sent to {pids:?}");
}

/// The processes that a process has started and that are there now.
pub(super) fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").expect("there is /proc");
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &u32| parent_of(*pid) == Some(parent)).collect()
}

fn parent_of(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // After the name, which may hold anything: state, then parent.
    status.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
