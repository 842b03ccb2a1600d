//! What the process takes of its machine.

/// As the system says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Process {
    /// Time on processors, in seconds.
    pub(super) cpu_seconds: f64,
    /// Memory that is in use, in bytes.
    pub(super) resident_bytes: u64,
    /// Open files and sockets.
    pub(super) open_files: u64,
    /// The most that there may be; none if there is no limit.
    pub(super) max_files: Option<u64>,
    /// When it was started, in seconds since 1970.
    pub(super) start_seconds: u64,
}

/// This process; nothing where the system does not tell.
#[cfg(target_os = "linux")]
pub(super) fn own() -> Option<Process> {
    use procfs::process::LimitValue;

    let process = procfs::process::Process::myself().ok()?;
    let stat = process.stat().ok()?;
    let ticks = procfs::ticks_per_second();
    let max_files = match process.limits().ok()?.max_open_files.soft_limit {
        LimitValue::Value(files) => Some(files),
        LimitValue::Unlimited => None,
    };
    Some(Process {
        cpu_seconds: seconds(stat.utime + stat.stime, ticks),
        resident_bytes: stat.rss * procfs::page_size(),
        open_files: u64::try_from(process.fd_count().ok()?).ok()?,
        max_files,
        start_seconds: procfs::boot_time_secs().ok()? + stat.starttime / ticks,
    })
}

#[cfg(target_os = "linux")]
#[expect(clippy::cast_precision_loss, reason = "ticks of centuries fit")]
fn seconds(ticks: u64, per_second: u64) -> f64 {
    ticks as f64 / per_second as f64
}

/// This process; nothing where the system does not tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn own() -> Option<Process> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_own_process_is_known() {
        let process = own().unwrap();
        assert!(process.resident_bytes > 1_000_000 && process.open_files >= 3, "{process:?}");
        assert!(process.start_seconds > 1_600_000_000, "{process:?}");
    }
}
