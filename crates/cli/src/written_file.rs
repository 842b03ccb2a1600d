//! Files that commands write. They change as a whole: whoever reads them finds the old content or the new one, and never a
//! part of it.

use std::{
    fs::{self, File, Metadata, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, PermissionsExt, fchown},
    path::Path,
};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner.
    Owner,
    /// Whoever could read it before; of a new file, whoever the process lets.
    Usual,
}

/// Writes a file, and replaces it if it is there. A replaced file keeps its owner, and a link to it stays a link. What is
/// no file, such as a pipe, is written to.
pub(crate) fn write(path: &Path, content: &str, readers: Readers) -> io::Result<()> {
    let before = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(content.as_bytes());
    }
    let path = if before.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Usual => before.as_ref().map_or(0o666, Metadata::mode),
    };
    let mut file = tempfile::Builder::new().permissions(Permissions::from_mode(mode)).tempfile_in(folder)?;
    if let Some(before) = &before {
        keep_owner(file.as_file(), before)?;
        // Once more, because the process may have taken some of it away.
        file.as_file().set_permissions(Permissions::from_mode(mode & 0o7777))?;
    }
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    let now = file.metadata()?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    fchown(file, Some(before.uid()), Some(before.gid()))
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
