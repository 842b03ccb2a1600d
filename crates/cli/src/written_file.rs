//! Files that commands write. They change as a whole: whoever reads them finds the old content or the new one, and never a
//! part of it.

use std::{
    fs::{self, File, Metadata, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::private_file::{folder_of, keep_owner};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner.
    Owner,
    /// Whoever could read it before; of a new file, whoever the process lets.
    Usual,
}

/// Writes a file as a [`Draft`] does.
pub(crate) fn write(path: &Path, content: &str, readers: Readers) -> io::Result<()> {
    let mut draft = Draft::begin(path, readers)?;
    draft.write_all(content.as_bytes())?;
    draft.finish()
}

/// A file that is being written. It replaces the one that is there when it is finished, and changes nothing until then. A
/// replaced file keeps its owner, and a link to it stays a link. What is no file, such as a pipe, is written to.
#[derive(Debug)]
pub(crate) enum Draft {
    /// It takes the place of that path.
    Replacement(NamedTempFile, PathBuf),
    /// No file.
    Other(File),
}

impl Draft {
    /// Begins to write.
    pub(crate) fn begin(path: &Path, readers: Readers) -> io::Result<Self> {
        let before = match fs::metadata(path) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            return Ok(Self::Other(OpenOptions::new().write(true).open(path)?));
        }
        let path = if before.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let mode = match readers {
            Readers::Owner => 0o600,
            Readers::Usual => before.as_ref().map_or(0o666, Metadata::mode),
        };
        let permissions = Permissions::from_mode(mode & 0o7777);
        let file = tempfile::Builder::new().permissions(permissions.clone()).tempfile_in(folder_of(&path))?;
        if let Some(before) = &before {
            keep_owner(file.as_file(), before)?;
            // Once more, because the process may have taken some of it away.
            file.as_file().set_permissions(permissions)?;
        }
        Ok(Self::Replacement(file, path))
    }

    /// Ends it.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Replacement(file, path) => {
                file.as_file().sync_all()?;
                file.persist(&path).map_err(|error| error.error)?;
                File::open(folder_of(&path))?.sync_all()
            }
            Self::Other(_) => Ok(()),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Replacement(file, _) => file.write(bytes),
            Self::Other(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Replacement(file, _) => file.flush(),
            Self::Other(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn a_private_file_is_private_whatever_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("userlist.txt");
        write(&path, "one", Readers::Owner).unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("one", 0o600));
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let link = folder.path().join("link");
        symlink("userlist.txt", &link).unwrap();
        write(&link, "two", Readers::Owner).unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("two", 0o600));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let mut draft = Draft::begin(&path, Readers::Owner).unwrap();
        draft.write_all(b"three").unwrap();
        drop(draft);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two", "an unfinished draft changes nothing");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }

    #[test]
    fn a_usual_file_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalogue.json");
        write(&path, "one", Readers::Usual).unwrap();
        assert_eq!(mode(&path) & 0o700, 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
        write(&path, "two", Readers::Usual).unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("two", 0o664));
    }

    #[test]
    fn what_is_no_file_stays_what_it_is() {
        write(Path::new("/dev/null"), "x", Readers::Owner).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        let folder = tempfile::tempdir().unwrap();
        assert!(write(folder.path(), "x", Readers::Usual).is_err());
        assert!(write(&folder.path().join("missing/file"), "x", Readers::Usual).is_err());
    }
}
