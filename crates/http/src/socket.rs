//! The file of a unix socket.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::{
        fs::{FileTypeExt, MetadataExt, PermissionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
};

/// A socket file that is ours.
#[derive(Debug, Clone)]
pub(crate) struct Socket {
    path: PathBuf,
    /// Which file it is, whatever its name may lead to later.
    identity: (u64, u64),
}

impl Socket {
    /// The file that was just made, for those whom this mode lets in.
    pub(crate) fn open_to(path: &Path, mode: u32) -> io::Result<Self> {
        fs::set_permissions(path, Permissions::from_mode(mode))?;
        Ok(Self { path: path.to_owned(), identity: identity(path)? })
    }

    /// Removes the file, unless it is gone already, or another server has taken its place. Whoever has connected stays
    /// connected. Answers whether it was removed.
    pub(crate) fn remove(&self) -> bool {
        identity(&self.path).is_ok_and(|there| there == self.identity) && fs::remove_file(&self.path).is_ok()
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Makes way for a socket: removes one that nobody listens on any more, and nothing else.
pub(crate) fn remove_dead_socket(path: &Path) -> io::Result<()> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !metadata.file_type().is_socket() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is something that is no socket"));
    }
    if UnixStream::connect(path).is_ok() {
        return Err(io::Error::new(io::ErrorKind::AddrInUse, "another server listens on it"));
    }
    fs::remove_file(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("irontrack-http-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn the_socket_of_a_successor_stays() {
        let folder = folder("own");
        let path = folder.join("socket");
        // Both live, or the second file might be the first one again to the file system.
        let _first = UnixListener::bind(&path).unwrap();
        let own = Socket::open_to(&path, 0o600).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::rename(&path, folder.join("aside")).unwrap();
        let _second = UnixListener::bind(&path).unwrap();
        assert!(!own.remove() && path.exists());
        fs::rename(folder.join("aside"), &path).unwrap();
        assert!(own.remove() && !path.exists());
        assert!(!own.remove());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn only_a_dead_socket_is_removed() {
        let folder = folder("dead");
        let (file, socket) = (folder.join("file"), folder.join("socket"));
        fs::write(&file, "precious").unwrap();
        assert_eq!(remove_dead_socket(&file).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
        let listener = UnixListener::bind(&socket).unwrap();
        assert_eq!(remove_dead_socket(&socket).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(listener);
        remove_dead_socket(&socket).unwrap();
        assert!(!socket.exists());
        remove_dead_socket(&socket).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
}
