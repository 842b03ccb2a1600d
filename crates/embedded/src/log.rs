//! The server's log.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::EmbeddedError;

/// A log larger than this is put aside at a start.
const LARGEST: u64 = 10 * 1024 * 1024;
/// How many lines an error shows, and how much of the log is read for them.
const SHOWN: usize = 8;
const READ: u64 = 16 * 1024;

/// The log of one start. The server inherits the open file, so its user need not be able to reach the folder.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    /// Where this start begins in the file.
    beginning: u64,
}

impl Log {
    /// Opens the log in `folder` and returns two handles to it, for the server's two outputs.
    pub(crate) fn open(folder: &Path) -> Result<(Self, [File; 2]), EmbeddedError> {
        let path = folder.join("postgres.log");
        if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST) {
            fs::rename(&path, folder.join("postgres.log.1")).map_err(EmbeddedError::io("rename the log", &path))?;
        }
        let open = || OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
        let first = open().map_err(EmbeddedError::io("open the log", &path))?;
        let second = open().map_err(EmbeddedError::io("open the log", &path))?;
        let beginning = first.metadata().map_err(EmbeddedError::io("look at the log", &path))?.len();
        Ok((Self { path, beginning }, [first, second]))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The last lines that this start has written.
    pub(crate) fn last_lines(&self) -> Vec<String> {
        self.read_end().map(|text| last_lines(&text)).unwrap_or_default()
    }

    fn read_end(&self) -> std::io::Result<String> {
        let mut file = File::open(&self.path)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(self.beginning.max(end.saturating_sub(READ))))?;
        let mut bytes = Vec::new();
        file.take(READ).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The last lines of an output that are not empty.
pub(crate) fn last_lines(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(SHOWN)..].iter().map(|line| (*line).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::io::Write;

    use super::*;

    #[test]
    fn only_lines_of_this_start_are_shown() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("postgres.log"), "earlier\n")?;
        let (log, [mut out, _err]) = Log::open(folder.path())?;
        writeln!(out, "one\n\n  two")?;
        assert_eq!(log.last_lines(), ["one", "two"]);
        Ok(())
    }

    #[test]
    fn a_large_log_is_put_aside() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("postgres.log");
        File::create(&path)?.set_len(LARGEST + 1)?;
        let (log, _files) = Log::open(folder.path())?;
        assert_eq!(fs::metadata(log.path())?.len(), 0);
        assert_eq!(fs::metadata(folder.path().join("postgres.log.1"))?.len(), LARGEST + 1);
        Ok(())
    }
}
