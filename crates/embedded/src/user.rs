//! The user that PostgreSQL runs as.

use std::fs;
use std::os::unix::fs::{MetadataExt, lchown};
use std::path::Path;

use nix::unistd::{Uid, User, geteuid};

use crate::EmbeddedError;
use crate::command;

/// The users PostgreSQL may run as when we are root, the best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The user that root hands the server to.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    /// Who runs the server on `cluster`: nobody but ourselves (`None`) unless we are root; then the owner of the
    /// existing cluster, or else a user that fits.
    pub(crate) fn for_cluster(cluster: &Path) -> Result<Option<Self>, EmbeddedError> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        match fs::metadata(cluster) {
            Ok(metadata) if metadata.uid() != 0 => Ok(Some(Self::owner(metadata.uid(), metadata.gid()))),
            _ => Self::candidate().map(Some),
        }
    }

    fn owner(uid: u32, gid: u32) -> Self {
        match User::from_uid(Uid::from_raw(uid)) {
            Ok(Some(user)) => Self { name: user.name, uid, gid: user.gid.as_raw() },
            _ => Self { name: uid.to_string(), uid, gid },
        }
    }

    fn candidate() -> Result<Self, EmbeddedError> {
        for name in CANDIDATES {
            if let Ok(Some(user)) = User::from_name(name)
                && !user.uid.is_root()
            {
                return Ok(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() });
            }
        }
        Err(EmbeddedError::NoUser)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn uid(&self) -> u32 {
        self.uid
    }

    pub(crate) fn gid(&self) -> u32 {
        self.gid
    }

    /// Whether this user can run the `postgres` of `binaries` and enter `folder`. The operating system is asked by
    /// trying, because permission bits are not all that decides (access lists, mount options).
    pub(crate) fn can_work(&self, binaries: &Path, folder: &Path) -> bool {
        let mut attempt = command::to_run(&binaries.join("postgres"), Some(self));
        attempt.arg("--version").current_dir(folder);
        attempt.output().is_ok_and(|output| output.status.success())
    }

    /// Makes this user the owner of one file or folder.
    pub(crate) fn own(&self, path: &Path) -> Result<(), EmbeddedError> {
        lchown(path, Some(self.uid), Some(self.gid)).map_err(EmbeddedError::io("change the owner of", path))
    }

    /// Makes this user the owner of a cluster that root owns, as one that was restored from a backup.
    pub(crate) fn own_if_roots(&self, cluster: &Path) -> Result<(), EmbeddedError> {
        let metadata = fs::metadata(cluster).map_err(EmbeddedError::io("look at", cluster))?;
        if metadata.uid() == 0 { self.own_tree(cluster) } else { Ok(()) }
    }

    fn own_tree(&self, folder: &Path) -> Result<(), EmbeddedError> {
        for entry in fs::read_dir(folder).map_err(EmbeddedError::io("read the folder", folder))? {
            let entry = entry.map_err(EmbeddedError::io("read the folder", folder))?;
            let path = entry.path();
            if entry.file_type().map_err(EmbeddedError::io("look at", &path))?.is_dir() {
                self.own_tree(&path)?;
            } else {
                self.own(&path)?;
            }
        }
        // Last, so that an interrupted run begins again.
        self.own(folder)
    }
}
