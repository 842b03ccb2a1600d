//! What figures depend on: the machine and the versions.

use std::{fs, path::Path, process::Command};

use serde::Serialize;

use crate::{error::BenchError, tool};

/// The machine, as far as it matters.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    processor: String,
    cores: usize,
    memory_mib: u64,
    kernel: String,
    rustc: String,
    postgresql: u32,
    wrk: String,
    commit: String,
    /// Writes a second that reach the disk, with the method that PostgreSQL uses.
    fsync_per_second: Option<f64>,
}

impl Machine {
    /// Looks at this machine.
    pub(crate) fn look(postgresql: u32, binaries: &Path, data: &Path) -> Self {
        let line = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(':'));
            line.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let memory = line(&fs::read_to_string("/proc/meminfo").unwrap_or_default(), "MemTotal");
        let said = |program: &str, arguments: &[&str]| {
            let output = Command::new(program).args(arguments).output();
            let text = output.map(|output| [output.stdout, output.stderr].concat()).unwrap_or_default();
            String::from_utf8_lossy(&text).lines().next().unwrap_or_default().trim().to_owned()
        };
        Self {
            processor: line(&cpu, "model name"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: memory.split(' ').next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024,
            kernel: said("uname", &["-sr"]),
            rustc: said("rustc", &["--version"]),
            postgresql,
            wrk: said("wrk", &["-v"]),
            commit: said("git", &["-C", env!("CARGO_MANIFEST_DIR"), "describe", "--always", "--dirty"]),
            fsync_per_second: fsync(binaries, data).ok().flatten(),
        }
    }

    /// The rows of the table that describes it.
    pub(crate) fn rows(&self) -> Vec<(&'static str, String)> {
        let fsync =
            self.fsync_per_second.map_or_else(|| "not measured".to_owned(), |rate| format!("{rate:.0} a second"));
        vec![
            ("processor", format!("{}, {} cores", self.processor, self.cores)),
            ("memory", format!("{} MiB", self.memory_mib)),
            ("kernel", self.kernel.clone()),
            ("commit", self.commit.clone()),
            ("compiler", self.rustc.clone()),
            ("PostgreSQL", self.postgresql.to_string()),
            ("generator", self.wrk.clone()),
            ("fdatasync (`pg_test_fsync`)", fsync),
        ]
    }
}

/// What `pg_test_fsync` says of the method that PostgreSQL uses on Linux.
fn fsync(binaries: &Path, data: &Path) -> Result<Option<f64>, BenchError> {
    let program = binaries.join("pg_test_fsync");
    let file = data.join("fsync-test");
    let output = tool::output(Command::new(program).args(["--secs-per-test", "1", "--filename"]).arg(&file))?;
    let line = output.lines().find(|line| line.trim_start().starts_with("fdatasync"));
    Ok(line.and_then(|line| line.split_ascii_whitespace().nth(1)).and_then(|rate| rate.parse().ok()))
}
