//! Where an import comes from.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::Failure;

/// The largest file that is imported, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The text of a file; `-` is standard input.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    let (name, bytes) = if file.as_os_str() == "-" {
        ("standard input".to_owned(), read_all(io::stdin().lock(), LARGEST))
    } else {
        (file.display().to_string(), File::open(file).and_then(|file| read_all(file, LARGEST)))
    };
    let bytes = bytes.map_err(|error| Failure::failed(format!("{name} cannot be read: {error}")))?;
    String::from_utf8(bytes).map_err(|_| Failure::failed(format!("{name} cannot be read: it is not UTF-8")))
}

fn read_all(source: impl Read, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(io::Error::other(format!("it is larger than {} MiB", largest >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_to_its_end_or_not_at_all() {
        let zeros = |count| read_all(io::repeat(0).take(count), 1 << 20);
        assert_eq!(zeros(1 << 20).unwrap().len(), 1 << 20);
        assert_eq!(zeros((1 << 20) + 1).unwrap_err().to_string(), "it is larger than 1 MiB");
        let endless = read_all(io::repeat(0), 1 << 20);
        assert!(endless.is_err(), "nobody reads for ever");
    }
}
