//! A disk with little room.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
};

use tempfile::TempDir;

/// A small disk of a test's own, in memory.
#[derive(Debug)]
pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// Makes one with so many MiB. Nothing where this account may not mount disks; why not is printed.
    #[must_use]
    pub fn mount(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("irontrack-disk-").tempdir().expect("there is a temporary folder");
        let size = format!("size={mebibytes}m,mode=0700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(folder)),
            refused => {
                println!("SKIPPED: no small disk can be mounted here: {refused:?}");
                None
            }
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Uses up all room that is left.
    pub fn fill(&self) {
        let mut file = File::create(self.filler()).expect("a file can be made");
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    /// Gives back the room that [`SmallDisk::fill`] has used up.
    pub fn free(&self) {
        fs::remove_file(self.filler()).expect("the file can be removed");
    }

    fn filler(&self) -> std::path::PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Also while a server that is ending has files on it.
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        if !matches!(unmounted, Ok(status) if status.success()) {
            println!("the disk at {} is still mounted", self.path().display());
        }
    }
}
