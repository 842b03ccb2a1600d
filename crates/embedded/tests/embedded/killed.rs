//! What a killed run leaves behind.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use irontrack_embedded::find_binaries;

use crate::support::{TestResult, becomes_true, open_folder, query, runs, start};

/// The example `private_cluster`, which `cargo test` builds into a folder beside that of this program.
fn example() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let this = std::env::current_exe()?;
    let target = this.parent().and_then(Path::parent).ok_or("the tests are in no target folder")?;
    let example = target.join("examples/private_cluster");
    let hint = "is missing: cargo build -p irontrack-embedded --example private_cluster";
    if example.is_file() { Ok(example) } else { Err(format!("{} {hint}", example.display()).into()) }
}

struct Run {
    process: Child,
    url: String,
    server: u32,
}

fn run_example(folder: &Path) -> Result<Run, Box<dyn std::error::Error>> {
    let mut process = Command::new(example()?).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let output = process.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(output).lines();
    let mut next = || lines.next().ok_or("the example printed too little");
    Ok(Run { url: next()??, server: next()??.parse()?, process })
}

#[test]
fn the_server_follows_a_killed_process_and_its_data_stays() -> TestResult {
    let folder = open_folder()?;
    let mut run = run_example(folder.path())?;
    query(&run.url, "CREATE TABLE kept AS SELECT 42 AS answer")?;
    run.process.kill()?;
    run.process.wait()?;
    assert!(becomes_true(|| !runs(run.server)));

    // And now without waiting for the server.
    let mut run = run_example(folder.path())?;
    query(&run.url, "INSERT INTO kept VALUES (43)")?;
    run.process.kill()?;
    run.process.wait()?;
    let cluster = start(folder.path())?;
    assert!(!runs(run.server));
    assert_eq!(query(&cluster.url("postgres"), "SELECT string_agg(answer::text, ',') FROM kept")?, "42,43");
    Ok(())
}

#[test]
fn a_killed_first_start_is_begun_anew() -> TestResult {
    let folder = open_folder()?;
    let mut process =
        Command::new(example()?).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let begun = folder.path().join("postgres.new/PG_VERSION");
    assert!(becomes_true(|| begun.exists()));
    process.kill()?;
    process.wait()?;
    let cluster = start(folder.path())?;
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    assert!(!folder.path().join("postgres.new").exists());
    Ok(())
}

#[test]
fn the_example_stops_its_server_when_its_input_ends() -> TestResult {
    let folder = open_folder()?;
    let mut run = run_example(folder.path())?;
    drop(run.process.stdin.take());
    assert!(run.process.wait()?.success());
    assert!(!runs(run.server));
    Ok(())
}

/// A command that runs as the owner of the cluster in `folder`.
fn as_owner(program: &Path, folder: &Path) -> Result<Command, Box<dyn std::error::Error>> {
    let owner = fs::metadata(folder.join("postgres"))?;
    let mut command = Command::new(program);
    command.current_dir("/");
    if crate::support::are_we_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    Ok(command)
}

#[test]
fn a_server_without_its_process_is_stopped_first() -> TestResult {
    let folder = open_folder()?;
    start(folder.path())?.stop()?;
    let log = fs::File::create(folder.path().join("orphan.log"))?;
    let mut orphan = as_owner(&find_binaries(None)?.folder.join("postgres"), folder.path())?
        .arg("-D")
        .arg(folder.path().join("postgres"))
        .args(["-c", "listen_addresses=", "-c", "unix_socket_directories=."])
        .stderr(log)
        .spawn()?;
    let pid_file = folder.path().join("postgres/postmaster.pid");
    assert!(becomes_true(|| fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready"))));
    let cluster = start(folder.path());
    let status = orphan.wait()?;
    let cluster = cluster?;
    assert!(status.success(), "{status}");
    assert_ne!(cluster.pid(), orphan.id());
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    Ok(())
}

#[test]
fn a_stale_pid_file_is_no_hindrance() -> TestResult {
    let folder = open_folder()?;
    start(folder.path())?.stop()?;
    // A living process of the same user, which PostgreSQL alone would take for a server.
    let mut other = as_owner(Path::new("/bin/cat"), folder.path())?.stdin(Stdio::piped()).spawn()?;
    let mut dead = Command::new("/bin/true").spawn()?;
    dead.wait()?;
    let cluster_folder = folder.path().join("postgres");
    for pid in [other.id(), dead.id()] {
        let text = format!("{pid}\n{}\n1700000000\n5432\n/tmp\n\n  1234567  1\nready   \n", cluster_folder.display());
        let pid_file = cluster_folder.join("postmaster.pid");
        fs::write(&pid_file, text)?;
        let owner = fs::metadata(&cluster_folder)?;
        lchown(&pid_file, Some(owner.uid()), Some(owner.gid()))?;
        let cluster = start(folder.path())?;
        assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
        cluster.stop()?;
    }
    assert!(runs(other.id()));
    drop(other.stdin.take());
    other.wait()?;
    Ok(())
}
