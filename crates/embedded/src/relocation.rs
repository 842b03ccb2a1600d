//! A place outside the data folder, for a cluster whose user cannot reach the data folder.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::EmbeddedError;
use crate::layout::cluster_entry;

/// Where such clusters are kept.
pub(crate) const PARENT: &str = "/var/lib/irontrack";

/// Makes a folder for the cluster below `parent` and lets `postgres` in the data folder be a link into it.
pub(crate) fn relocate(data_dir: &Path, parent: &Path) -> Result<(), EmbeddedError> {
    let name = folder_name(data_dir);
    fs::create_dir_all(parent).map_err(EmbeddedError::io("create the folder", parent))?;
    let mut home = parent.join(&name);
    let mut number = 1;
    while let Err(error) = fs::create_dir(&home) {
        if error.kind() != io::ErrorKind::AlreadyExists {
            return Err(EmbeddedError::io("create the folder", &home)(error));
        }
        // It belongs to a data folder that has been moved, which still links to it, or removed.
        number += 1;
        home = parent.join(format!("{name}-{number}"));
    }
    let entry = cluster_entry(data_dir);
    // The link comes before the cluster, so that a cluster in this place always has had a link to it.
    remove_empty(&entry)?;
    symlink(cluster_entry(&home), &entry).map_err(EmbeddedError::io("create the symbolic link", &entry))
}

fn remove_empty(folder: &Path) -> Result<(), EmbeddedError> {
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(EmbeddedError::io("remove the empty folder", folder)(error))
        }
        _ => Ok(()),
    }
}

/// The name of the folder above the data folder, for people, and a hash of the whole path.
fn folder_name(data_dir: &Path) -> String {
    let above = data_dir.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let hash = fnv1a(data_dir.as_os_str().as_bytes()) & 0xffff_ffff;
    format!("{}-{hash:08x}", above.as_deref().unwrap_or("data"))
}

/// The hash function FNV-1a: short, and the same in every release.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    #[test]
    fn the_hash_is_fnv1a() {
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_taken_place_is_left_alone() -> Result<(), Box<dyn Error>> {
        let root = tempfile::tempdir()?;
        let (data_dir, parent) = (root.path().join("clone/data"), root.path().join("lib"));
        fs::create_dir_all(cluster_entry(&data_dir))?;
        relocate(&data_dir, &parent)?;
        let first = fs::read_link(cluster_entry(&data_dir))?;
        let name = first.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        assert!(first.starts_with(&parent) && name.starts_with("clone-"), "{}", first.display());

        fs::remove_file(cluster_entry(&data_dir))?;
        relocate(&data_dir, &parent)?;
        assert_eq!(fs::read_link(cluster_entry(&data_dir))?, parent.join(format!("{name}-2/postgres")));
        Ok(())
    }
}
