//! A clock that a test sets, for one program: libfaketime, loaded before the program's own libraries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// Where Debian and Ubuntu have their libraries, each architecture in a folder of its own.
const LIBRARIES: &str = "/usr/lib";

/// The part of the library for programs with threads.
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

/// The wall clock of a program. Its monotonic clocks go on as they do.
#[derive(Debug)]
pub struct SkewedClock {
    folder: TempDir,
    library: PathBuf,
}

impl SkewedClock {
    /// A clock that is right, until it is set.
    #[must_use]
    pub fn right() -> Self {
        let folders = fs::read_dir(LIBRARIES).expect("there is a folder of libraries");
        let library = folders.flatten().map(|folder| folder.path().join(LIBRARY)).find(|library| library.is_file());
        let library = library.expect("libfaketime is missing: bash scripts/install-services.sh faketime");
        let clock = Self { folder: tempfile::tempdir().expect("there is a temporary folder"), library };
        clock.set(0);
        clock
    }

    /// Has it be so many seconds later than it is.
    pub fn set(&self, seconds: i64) {
        // Replaced as a whole: the program may read it at any moment.
        let new = self.folder.path().join("new");
        fs::write(&new, format!("{seconds:+}\n")).expect("the offset can be written");
        fs::rename(new, self.offset()).expect("the offset can be replaced");
    }

    /// What has a program use it.
    #[must_use]
    pub fn settings(&self) -> [(&'static str, String); 4] {
        let text = |path: &Path| path.display().to_string();
        [
            ("LD_PRELOAD", text(&self.library)),
            ("FAKETIME_TIMESTAMP_FILE", text(&self.offset())),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ]
    }

    fn offset(&self) -> PathBuf {
        self.folder.path().join("offset")
    }
}
