//! What processes use, as the kernel counts it.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde::Serialize;

use crate::pause::pause;

/// The kernel counts processor time in steps of 10 ms, whatever its own clock does.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time of one process and of those that it started, in seconds.
pub(crate) fn cpu_seconds(pid: u32) -> f64 {
    let children: f64 = children(pid).into_iter().map(cpu_seconds).sum();
    children + own_cpu_seconds(pid)
}

/// That of the process itself, with the children that have ended.
fn own_cpu_seconds(pid: u32) -> f64 {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return 0.0 };
    // The name may contain blanks and brackets.
    let Some((_, rest)) = stat.rsplit_once(") ") else { return 0.0 };
    let fields: Vec<_> = rest.split_ascii_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    // utime, stime, cutime and cstime of proc(5); the first two fields are cut off.
    (ticks(11) + ticks(12) + ticks(13) + ticks(14)) / TICKS_PER_SECOND
}

fn children(pid: u32) -> Vec<u32> {
    let Ok(text) = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")) else { return Vec::new() };
    text.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// Memory of a process, in MiB.
pub(crate) fn memory_mib(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}

/// How busy each core was, from 0 to 1, and how much of all time the hypervisor took.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Cores {
    /// Share of time that each core was busy.
    pub(crate) busy: Vec<f64>,
    /// Share of all time that was stolen.
    pub(crate) stolen: f64,
}

/// Counters of all cores at one moment.
#[derive(Debug, Clone)]
pub(crate) struct CoreCounters(Vec<[f64; 3]>);

impl CoreCounters {
    /// The counters of now: total, idle and stolen time of each core.
    pub(crate) fn now() -> Self {
        let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
        let cores = stat.lines().filter(|line| line.starts_with("cpu") && !line.starts_with("cpu "));
        let counters = cores.map(|line| {
            let times: Vec<f64> = line.split_ascii_whitespace().skip(1).filter_map(|time| time.parse().ok()).collect();
            let at = |place: usize| times.get(place).copied().unwrap_or_default();
            // Guest time is part of user time already.
            [times.iter().take(8).sum(), at(3) + at(4), at(7)]
        });
        Self(counters.collect())
    }

    /// What happened since then.
    pub(crate) fn since(&self, earlier: &Self) -> Cores {
        let passed = self.0.iter().zip(&earlier.0).map(|(now, then)| [0, 1, 2].map(|place| now[place] - then[place]));
        let passed: Vec<_> = passed.collect();
        let total: f64 = passed.iter().map(|[total, ..]| total).sum();
        let stolen: f64 = passed.iter().map(|[.., stolen]| stolen).sum();
        Cores {
            busy: passed.iter().map(|[total, idle, _]| 1.0 - idle / total.max(1.0)).collect(),
            stolen: stolen / total.max(1.0),
        }
    }
}

/// The load average of the last minute.
pub(crate) fn load_average() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_ascii_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or_default()
}

/// Waits until the machine has been at rest for some seconds, but not longer than the limit. Answers whether it is.
pub(crate) fn wait_for_rest(limit: Duration) -> bool {
    let deadline = Instant::now() + limit;
    let mut calm = 0;
    while Instant::now() < deadline {
        let before = CoreCounters::now();
        pause(Duration::from_secs(1));
        let busy = CoreCounters::now().since(&before).busy;
        let mean = busy.iter().sum::<f64>() / f64::from(u32::try_from(busy.len()).unwrap_or(1).max(1));
        calm = if mean < 0.1 { calm + 1 } else { 0 };
        if calm == 2 {
            return true;
        }
    }
    false
}
