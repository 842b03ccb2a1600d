//! The lock that keeps two processes off one data folder.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::EmbeddedError;
use crate::pid_file::PidFile;

/// A locked file. The operating system releases the lock when our process ends in any way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: Flock<File>,
}

impl Lock {
    /// Locks the file `path`, or says [`EmbeddedError::InUse`] when another process or another part of ours has it.
    /// The file stays when the lock is given up: a file that others may be about to lock must not be removed.
    pub(crate) fn take(path: &Path, cluster: &Path) -> Result<Self, EmbeddedError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(path)
            .map_err(EmbeddedError::io("open the lock file", path))?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(file) => Ok(Self { _file: file }),
            Err((_, Errno::EWOULDBLOCK)) => {
                let pid = PidFile::read(cluster).map(|record| record.pid);
                Err(EmbeddedError::InUse { folder: cluster.to_owned(), pid })
            }
            Err((_, errno)) => Err(EmbeddedError::io("lock", path)(errno)),
        }
    }
}
