//! Files with secrets. They appear and change as a whole: whoever reads them, and whoever comes back after a crash, finds
//! the old content or the new one, and never a part of it.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, fchown},
    path::{Path, PathBuf},
};

use rustix::fs::{FlockOperation, flock};
use tempfile::NamedTempFile;

/// The largest file that is read.
const LARGEST: u64 = 1024 * 1024;

/// Writes a new file that only its owner may read.
///
/// # Errors
/// The file exists already, or cannot be written.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

/// A file that gets a new content. Only one process at a time replaces files of a folder this way.
#[derive(Debug)]
pub struct Replacement {
    /// Where it really is: a link to it stays a link.
    path: PathBuf,
    /// Locked until this is dropped. The file itself would be another one after the change.
    folder: File,
}

impl Replacement {
    /// Begins to replace a file.
    ///
    /// # Errors
    /// It does not exist, or another process is replacing it.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        let folder = File::open(folder_of(&path))?;
        match flock(&folder, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { path, folder }),
            Err(error) if error == rustix::io::Errno::WOULDBLOCK => {
                Err(io::Error::new(io::ErrorKind::WouldBlock, "somebody else is changing it at this moment"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The present content.
    ///
    /// # Errors
    /// It cannot be read, is not UTF-8, or is larger than 1 MiB.
    pub fn read(&self) -> io::Result<String> {
        let mut text = String::new();
        File::open(&self.path)?.take(LARGEST + 1).read_to_string(&mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(io::Error::other(format!("it is larger than {LARGEST} bytes")));
        }
        Ok(text)
    }

    /// Writes the new content. The file keeps its mode and its owner.
    ///
    /// # Errors
    /// It cannot be written, or the owner cannot be kept: then the file is as it was.
    pub fn finish(self, content: &[&[u8]]) -> io::Result<()> {
        let before = fs::metadata(&self.path)?;
        let mut file = NamedTempFile::new_in(folder_of(&self.path))?;
        for part in content {
            file.write_all(part)?;
        }
        keep_owner(file.as_file(), &before)?;
        file.as_file().set_permissions(before.permissions())?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        self.folder.sync_all()
    }
}

fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    let now = file.metadata()?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    fchown(file, Some(before.uid()), Some(before.gid()))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_new_file_is_private_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, b"one").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(create(&path, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(entries(folder.path()), 1, "nothing is left behind");
    }

    #[test]
    fn a_replaced_file_keeps_mode_owner_and_links() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link");
        symlink("key", &link).unwrap();

        let before = fs::metadata(&path).unwrap();
        let file = Replacement::begin(&link).unwrap();
        assert_eq!(file.read().unwrap(), "one");
        file.finish(&[b"tw", b"o"]).unwrap();

        let after = fs::metadata(&path).unwrap();
        assert_eq!(fs::read(&link).unwrap(), b"two");
        assert_eq!(after.permissions().mode() & 0o7777, 0o640);
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino(), "it is replaced, not overwritten");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(entries(folder.path()), 2, "nothing is left behind");
    }

    #[test]
    fn two_do_not_replace_at_the_same_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "one").unwrap();
        let first = Replacement::begin(&path).unwrap();
        let error = Replacement::begin(&path).expect_err("the first one is not done");
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        first.finish(&[b"two"]).unwrap();
        assert_eq!(Replacement::begin(&path).unwrap().read().unwrap(), "two");
    }
}
