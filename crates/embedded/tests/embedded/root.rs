//! What is different when root runs the cluster. For other users these tests do nothing.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::path::Path;

use irontrack_embedded::EmbeddedError;

use crate::support::{TestResult, are_we_root, open_folder, query, runs, start};

/// Removes the folder below `/var/lib/irontrack` at the end of a test, also of one that failed.
struct Elsewhere(std::path::PathBuf);

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        // Only if nothing else is in it.
        let _ = fs::remove_dir("/var/lib/irontrack");
    }
}

#[test]
fn a_folder_that_only_root_reaches_gets_a_link_to_the_cluster() -> TestResult {
    if !are_we_root() {
        return Ok(());
    }
    let folder = open_folder()?;
    let closed = folder.path().join("closed");
    fs::create_dir(&closed)?;
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700))?;
    let data_dir = closed.join("clone/.irontrack");
    let started = start(&data_dir);
    let target = fs::read_link(data_dir.join("postgres"))?;
    let elsewhere = Elsewhere(target.parent().ok_or("the link has no target")?.to_owned());
    let cluster = started?;
    let name = elsewhere.0.file_name().unwrap_or_default().to_string_lossy().into_owned();
    assert!(elsewhere.0.starts_with("/var/lib/irontrack") && name.starts_with("clone-"), "{name}");
    assert_eq!(fs::metadata(&closed)?.permissions().mode() & 0o777, 0o700);
    assert!(cluster.socket_dir().starts_with(&elsewhere.0));
    assert!(data_dir.join("postgres.log").is_file());
    query(&cluster.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer")?;

    // A copy of the data folder has the same link.
    let copy = closed.join("copy");
    fs::create_dir(&copy)?;
    std::os::unix::fs::symlink(&target, copy.join("postgres"))?;
    let second = start(&copy);
    assert!(matches!(&second, Err(EmbeddedError::InUse { .. })), "{second:?}");
    assert!(runs(cluster.pid()));

    cluster.stop()?;
    let cluster = start(&data_dir)?;
    assert_eq!(query(&cluster.url("postgres"), "SELECT answer FROM kept")?, "42");
    assert_eq!(fs::read_link(data_dir.join("postgres"))?, target);
    Ok(())
}

#[test]
fn an_existing_cluster_that_became_unreachable_is_not_moved() -> TestResult {
    if !are_we_root() {
        return Ok(());
    }
    let folder = open_folder()?;
    start(folder.path())?.stop()?;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700))?;
    let refused = start(folder.path());
    assert!(matches!(&refused, Err(EmbeddedError::Unreachable { .. })), "{refused:?}");
    Ok(())
}

fn own_tree(folder: &Path, user: u32) -> std::io::Result<()> {
    lchown(folder, Some(user), Some(user))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            own_tree(&entry.path(), user)?;
        } else {
            lchown(entry.path(), Some(user), Some(user))?;
        }
    }
    Ok(())
}

#[test]
fn the_server_runs_as_the_owner_of_the_cluster_and_never_as_root() -> TestResult {
    if !are_we_root() {
        return Ok(());
    }
    let folder = open_folder()?;
    let cluster_folder = folder.path().join("postgres");
    start(folder.path())?.stop()?;
    let first_owner = fs::metadata(&cluster_folder)?.uid();
    // An ordinary user that no user list knows, then root, as after a restore.
    for (owner, expected) in [(54_321, 54_321), (0, first_owner)] {
        own_tree(&cluster_folder, owner)?;
        let cluster = start(folder.path())?;
        assert_eq!(fs::metadata(format!("/proc/{}", cluster.pid()))?.uid(), expected);
        assert_eq!(query(&cluster.url("postgres"), "SELECT 1")?, "1");
        cluster.stop()?;
    }
    Ok(())
}
