//! What may stand in a data folder before the start.

use std::fs;

use irontrack_embedded::EmbeddedError;

use crate::support::{TestResult, open_folder, query, start};

#[test]
fn a_half_made_cluster_is_made_anew() -> TestResult {
    let folder = open_folder()?;
    let half = folder.path().join("postgres.new");
    fs::create_dir_all(half.join("base/1"))?;
    fs::write(half.join("PG_VERSION"), "15\n")?;
    let cluster = start(folder.path())?;
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    assert!(!half.exists());
    Ok(())
}

#[test]
fn data_of_another_version_is_not_started() -> TestResult {
    let folder = open_folder()?;
    start(folder.path())?.stop()?;
    let file = folder.path().join("postgres/PG_VERSION");
    fs::write(&file, "99\n")?;
    let log_size = fs::metadata(folder.path().join("postgres.log"))?.len();
    let refused = start(folder.path());
    assert!(
        matches!(&refused, Err(EmbeddedError::VersionMismatch { data: 99, available, .. }) if !available.is_empty()),
        "{refused:?}"
    );
    assert_eq!(fs::metadata(folder.path().join("postgres.log"))?.len(), log_size);
    Ok(())
}

#[test]
fn foreign_content_is_left_alone() -> TestResult {
    let folder = open_folder()?;
    let letter = folder.path().join("postgres/letter.txt");
    fs::create_dir(folder.path().join("postgres"))?;
    fs::write(&letter, "mine")?;
    let refused = start(folder.path());
    assert!(matches!(&refused, Err(EmbeddedError::NotACluster { .. })), "{refused:?}");
    assert_eq!(fs::read_to_string(&letter)?, "mine");

    fs::remove_file(&letter)?;
    start(folder.path())?.stop()?;
    Ok(())
}

#[test]
fn a_long_or_strange_path_is_no_hindrance() -> TestResult {
    let folder = open_folder()?;
    let long = folder.path().join("l".repeat(60)).join("o".repeat(60));
    let cluster = start(&long)?;
    let socket = cluster.socket_dir().to_owned();
    assert!(!socket.starts_with(folder.path()));
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    cluster.stop()?;
    assert!(!socket.exists());

    let comma = start(folder.path().join("a,b"))?;
    assert_eq!(query(&comma.url("postgres"), "SELECT 1")?, "1");

    let strange = folder.path().join("a \"b\"%20 ü='$x'");
    let cluster = start(&strange)?;
    assert!(cluster.socket_dir().starts_with(&strange));
    assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
    Ok(())
}
