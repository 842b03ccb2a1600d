//! What the tests share.

use std::error::Error;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use irontrack_embedded::{Cluster, ClusterOptions, Durability, EmbeddedError, find_binaries};
use tempfile::TempDir;

pub type TestResult = Result<(), Box<dyn Error>>;

/// A temporary folder that every user can enter, so that the cluster stays in it when root runs the tests.
pub fn open_folder() -> Result<TempDir, Box<dyn Error>> {
    let folder = tempfile::tempdir_in("/tmp")?;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

pub fn throwaway(data_dir: impl Into<PathBuf>) -> ClusterOptions {
    ClusterOptions { durability: Durability::Throwaway, ..ClusterOptions::new(data_dir) }
}

pub fn start(data_dir: impl Into<PathBuf>) -> Result<Cluster, EmbeddedError> {
    Cluster::start(throwaway(data_dir))
}

/// What `psql` prints for a statement.
pub fn query(url: &str, statement: &str) -> Result<String, Box<dyn Error>> {
    let psql = find_binaries(None)?.folder.join("psql");
    let output = Command::new(psql).args(["-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, url]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Whether a process of this number runs; one that only waits to be noticed by its parent does not.
pub fn runs(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// Polls until the condition holds, for at most 30 seconds.
#[expect(clippy::disallowed_methods, reason = "the observed processes do not tell us, and there is a deadline")]
pub fn becomes_true(mut condition: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !condition() {
        if start.elapsed() > Duration::from_secs(30) {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

pub fn are_we_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}
