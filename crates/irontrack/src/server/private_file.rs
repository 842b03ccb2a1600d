//! Files that only their owner may read.

use std::{io, path::Path};

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
    irontrack_cli::private_file::create(path, content.as_bytes())
}
