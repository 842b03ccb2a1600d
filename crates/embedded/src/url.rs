//! Connection addresses.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// The database superuser of every private cluster.
pub(crate) const USER: &str = "irontrack";

/// The address of `database` behind the socket in `socket_dir`, in the style of libpq.
pub(crate) fn address(socket_dir: &Path, database: &str) -> String {
    let host = encoded(socket_dir.as_os_str().as_bytes());
    format!("postgresql://{USER}@{host}/{}", encoded(database.as_bytes()))
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_special_is_encoded() {
        assert_eq!(
            address(Path::new("/tmp/a b,c%/ü"), "my db?x"),
            "postgresql://irontrack@%2Ftmp%2Fa%20b%2Cc%25%2F%C3%BC/my%20db%3Fx"
        );
    }
}
