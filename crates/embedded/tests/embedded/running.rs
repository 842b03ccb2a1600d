//! Starting, using and stopping.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use irontrack_embedded::{Cluster, ClusterOptions, EmbeddedError, find_binaries};

use crate::support::{TestResult, open_folder, query, runs, start, throwaway};

#[test]
fn first_start_makes_a_cluster_and_restart_keeps_its_data() -> TestResult {
    let folder = open_folder()?;
    let data_dir = folder.path().join("not/there yet");
    let cluster = start(&data_dir)?;
    let url = cluster.url("postgres");
    assert_eq!(cluster.version(), find_binaries(None)?.version);
    assert_eq!(cluster.data_dir(), data_dir);
    assert_eq!(query(&url, "SELECT current_user, lower('Ü') = 'ü', lower('Ü')")?, "irontrack|t|ü");
    assert_eq!(query(&url, "SHOW server_encoding")?, "UTF8");
    assert_eq!(query(&url, "SHOW listen_addresses")?, "");
    query(&url, "CREATE TABLE kept AS SELECT 42 AS answer")?;
    let (pid, socket) = (cluster.pid(), cluster.socket_dir().to_owned());
    assert_eq!(fs::metadata(&socket)?.permissions().mode() & 0o777, 0o700);
    cluster.stop()?;
    assert!(!runs(pid) && !socket.exists());
    assert!(!data_dir.join("postgres.new").exists());

    let cluster = start(&data_dir)?;
    assert_eq!(query(&cluster.url("postgres"), "SELECT answer FROM kept")?, "42");
    let pid = cluster.pid();
    drop(cluster);
    assert!(!runs(pid));
    Ok(())
}

#[test]
fn a_safe_cluster_writes_to_the_disk_and_cannot_be_opened_to_the_network() -> TestResult {
    let folder = open_folder()?;
    let settings = [("fsync", "off"), ("listen_addresses", "*"), ("work_mem", "5MB")];
    let options = ClusterOptions {
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        ..ClusterOptions::new(folder.path())
    };
    let cluster = Cluster::start(options)?;
    let url = cluster.url("postgres");
    for (name, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", ""),
        ("work_mem", "5MB"),
    ] {
        assert_eq!(query(&url, &format!("SHOW {name}"))?, value, "{name}");
    }
    cluster.stop()?;

    let cluster = start(folder.path())?;
    assert_eq!(query(&cluster.url("postgres"), "SHOW fsync")?, "off");
    Ok(())
}

#[test]
fn a_second_start_on_a_running_cluster_is_refused() -> TestResult {
    let folder = open_folder()?;
    let cluster = start(folder.path())?;
    let second = start(folder.path());
    assert!(matches!(&second, Err(EmbeddedError::InUse { pid: Some(pid), .. }) if *pid == cluster.pid()), "{second:?}");
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    cluster.stop()?;
    start(folder.path())?.stop()?;
    Ok(())
}

#[test]
fn a_server_that_was_started_by_a_thread_outlives_it() -> TestResult {
    let folder = open_folder()?;
    let path = folder.path().to_owned();
    let started = std::thread::spawn(move || start(path)).join();
    let cluster = started.map_err(|_| "the thread panicked")??;
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    assert!(runs(cluster.pid()));
    // It leads a session of its own, out of reach of a terminal's Ctrl-C.
    let stat = fs::read_to_string(format!("/proc/{}/stat", cluster.pid()))?;
    let session = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(3));
    assert_eq!(session, Some(cluster.pid().to_string().as_str()));
    cluster.stop()?;
    Ok(())
}

#[test]
fn a_server_in_a_session_is_stopped_in_order() -> TestResult {
    let folder = open_folder()?;
    let cluster = start(folder.path())?;
    let url = cluster.url("postgres");
    let sleeper = std::thread::spawn(move || query(&url, "SELECT pg_sleep(600)").map_err(|error| error.to_string()));
    let busy = "SELECT count(*) > 0 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'";
    assert!(crate::support::becomes_true(|| query(&cluster.url("postgres"), busy).is_ok_and(|text| text == "t")));
    cluster.stop()?;
    let answer = sleeper.join().map_err(|_| "the thread panicked")?;
    assert!(answer.is_err_and(|error| error.contains("terminating connection due to administrator command")));
    assert!(fs::read_to_string(folder.path().join("postgres.log"))?.contains("database system is shut down"));
    Ok(())
}

#[test]
fn a_server_that_does_not_start_shows_its_log() -> TestResult {
    let folder = open_folder()?;
    let mut options = throwaway(folder.path());
    options.settings.push(("work_mem".to_owned(), "nonsense".to_owned()));
    let failed = Cluster::start(options);
    let Err(EmbeddedError::StartFailed { lines, .. }) = failed else {
        return Err(format!("{failed:?}").into());
    };
    assert!(lines.iter().any(|line| line.contains("work_mem")), "{lines:?}");
    start(folder.path())?.stop()?;
    Ok(())
}

#[test]
fn a_server_that_is_not_ready_in_time_is_stopped() -> TestResult {
    let folder = open_folder()?;
    let options = ClusterOptions { start_timeout: Duration::ZERO, ..throwaway(folder.path()) };
    let failed = Cluster::start(options);
    assert!(matches!(&failed, Err(EmbeddedError::Timeout { .. })), "{failed:?}");
    start(folder.path())?.stop()?;
    Ok(())
}
