//! Files that only their owner may read.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::Failure;

/// The content of a private file, made by `make` the first time. The file appears complete or not at all.
pub(super) fn read_or_make(path: &Path, make: impl FnOnce() -> String) -> Result<String, Failure> {
    match std::fs::read_to_string(path) {
        Ok(content) => Ok(content),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let content = make();
            write(path, &content)
                .map_err(|error| Failure::failed(format!("{} cannot be written: {error}", path.display())))?;
            Ok(content)
        }
        Err(error) => Err(Failure::failed(format!("{} cannot be read: {error}", path.display()))),
    }
}

fn write(path: &Path, content: &str) -> io::Result<()> {
    // The folder appears with the first thing in it: a start that fails earlier leaves nothing behind.
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let unfinished = path.with_extension("new");
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}
