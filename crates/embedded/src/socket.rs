//! The folder of the unix socket.

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use nix::unistd::mkdtemp;

use crate::EmbeddedError;
use crate::user::Account;

/// The longest path of a socket, in bytes.
const LONGEST: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
const SOCKET: &str = ".s.PGSQL.5432";

/// A folder of mode 0700 for the socket, removed when dropped.
#[derive(Debug)]
pub(crate) struct SocketFolder {
    path: PathBuf,
}

impl SocketFolder {
    /// Makes the folder: `home/socket`, or if that path cannot be used, one in a temporary folder that `reachable`
    /// accepts.
    pub(crate) fn create(
        home: &Path,
        account: Option<&Account>,
        reachable: impl Fn(&Path) -> bool,
    ) -> Result<Self, EmbeddedError> {
        let near = home.join("socket");
        let path = if is_usable(&near) {
            // What a killed run has left, with the lock file of a server that is gone.
            remove(&near).map_err(EmbeddedError::io("remove the folder", &near))?;
            DirBuilder::new().mode(0o700).create(&near).map_err(EmbeddedError::io("create the folder", &near))?;
            near
        } else {
            temporary(reachable)?
        };
        let folder = Self { path };
        if let Some(account) = account {
            account.own(&folder.path)?;
        }
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder as a value of `unix_socket_directories`, which is a list: quoted, so that it is one element.
    pub(crate) fn setting(&self) -> OsString {
        use std::os::unix::ffi::OsStringExt;

        let mut value = vec![b'"'];
        for &byte in self.path.as_os_str().as_bytes() {
            value.extend(if byte == b'"' { &b"\"\""[..] } else { std::slice::from_ref(&byte) });
        }
        value.push(b'"');
        OsString::from_vec(value)
    }
}

impl Drop for SocketFolder {
    fn drop(&mut self) {
        let _ = remove(&self.path);
    }
}

/// Removes the folder if it holds nothing but what a server puts there.
fn remove(folder: &Path) -> io::Result<()> {
    let lock_file = format!("{SOCKET}.lock");
    let removals =
        [fs::remove_file(folder.join(SOCKET)), fs::remove_file(folder.join(lock_file)), fs::remove_dir(folder)];
    let failure = removals.into_iter().filter_map(Result::err).find(|error| error.kind() != io::ErrorKind::NotFound);
    failure.map_or(Ok(()), Err)
}

/// Whether the path is short enough. It must be without a comma as well, at which libpq divides a list of hosts.
fn is_usable(folder: &Path) -> bool {
    let path = folder.join(SOCKET);
    let bytes = path.as_os_str().as_bytes();
    bytes.len() <= LONGEST && !bytes.contains(&b',')
}

fn temporary(reachable: impl Fn(&Path) -> bool) -> Result<PathBuf, EmbeddedError> {
    let configured = std::path::absolute(std::env::temp_dir()).unwrap_or_default();
    let template = [configured, PathBuf::from("/tmp")]
        .into_iter()
        .filter(|parent| reachable(parent))
        .map(|parent| parent.join("irontrack-XXXXXX"))
        .find(|folder| is_usable(folder))
        .unwrap_or_else(|| PathBuf::from("/tmp/irontrack-XXXXXX"));
    // mkdtemp makes the folder with mode 0700.
    mkdtemp(&template).map_err(EmbeddedError::io("create a folder for the socket like", &template))
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_long_path_moves_to_a_temporary_folder() -> Result<(), Box<dyn Error>> {
        let root = tempfile::tempdir()?;
        let home = root.path().join("x".repeat(100));
        fs::create_dir(&home)?;
        let folder = SocketFolder::create(&home, None, |_| true)?;
        let path = folder.path().to_owned();
        assert!(!path.starts_with(&home) && is_usable(&path));
        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o700);
        drop(folder);
        assert!(!path.exists());
        Ok(())
    }

    #[test]
    fn a_left_over_folder_is_made_anew() -> Result<(), Box<dyn Error>> {
        let home = tempfile::tempdir()?;
        let left_over = home.path().join("socket").join(format!("{SOCKET}.lock"));
        fs::create_dir(home.path().join("socket"))?;
        fs::write(&left_over, "4711\n")?;
        let folder = SocketFolder::create(home.path(), None, |_| true)?;
        assert_eq!(folder.path(), home.path().join("socket"));
        assert!(!left_over.exists());
        Ok(())
    }

    #[test]
    fn foreign_files_are_not_removed() -> Result<(), Box<dyn Error>> {
        let home = tempfile::tempdir()?;
        let foreign = home.path().join("socket/letter.txt");
        fs::create_dir(home.path().join("socket"))?;
        fs::write(&foreign, "mine")?;
        assert!(matches!(SocketFolder::create(home.path(), None, |_| true), Err(EmbeddedError::Io { .. })));
        assert!(foreign.exists());
        Ok(())
    }

    #[test]
    fn the_setting_is_one_quoted_element() {
        let folder = SocketFolder { path: PathBuf::from("/no such/a,\"b\"") };
        assert_eq!(folder.setting(), "\"/no such/a,\"\"b\"\"\"");
    }
}
