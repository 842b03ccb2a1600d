//! The seal on every stored value.

use std::{fmt, sync::Arc};

use ring::hmac;

/// The first byte of every stored value. A value that starts otherwise was written by another version of the format,
/// or not by us, and is a miss.
pub(crate) const FORMAT: u8 = 2;

/// Length of the tag after the first byte.
const TAG: usize = 32;

/// Seals values and checks seals: a value that was damaged, made up, or moved from another key is found out, whoever can
/// write to the server. Instances that share a cache have the same secret; what is sealed with another one is a miss.
pub struct Seal(hmac::Key);

impl Seal {
    /// A seal with a secret of 32 bytes that nobody but the instances knows.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// Format, tag and value.
    pub(crate) fn sealed(&self, key: &str, value: &[u8]) -> Vec<u8> {
        let mut tag = hmac::Context::with_key(&self.0);
        feed(&mut tag, key, value);
        let mut stored = Vec::with_capacity(1 + TAG + value.len());
        stored.push(FORMAT);
        stored.extend_from_slice(tag.sign().as_ref());
        stored.extend_from_slice(value);
        stored
    }

    /// The value, if it was sealed for this key.
    pub(crate) fn opened(&self, key: &str, stored: &[u8]) -> Option<Arc<[u8]>> {
        let (&format, rest) = stored.split_first()?;
        let (tag, value) = rest.split_at_checked(TAG)?;
        let mut message = Vec::with_capacity(8 + key.len() + value.len());
        message.extend_from_slice(&length(key));
        message.extend_from_slice(key.as_bytes());
        message.extend_from_slice(value);
        // In constant time.
        hmac::verify(&self.0, &message, tag).ok().filter(|()| format == FORMAT).map(|()| value.into())
    }
}

/// The length of the key comes first, so that no other key and value make the same message.
fn feed(tag: &mut hmac::Context, key: &str, value: &[u8]) {
    tag.update(&length(key));
    tag.update(key.as_bytes());
    tag.update(value);
}

fn length(key: &str) -> [u8; 8] {
    (key.len() as u64).to_be_bytes()
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were() {
        let seal = Seal::new(&[7; 32]);
        for value in [&b""[..], b"\0", b"\x02", b"value"] {
            let stored = seal.sealed("key", value);
            assert_eq!(stored[0], FORMAT);
            assert_eq!(seal.opened("key", &stored).as_deref(), Some(value));
        }
    }

    #[test]
    fn every_changed_byte_is_found_out() {
        let seal = Seal::new(&[7; 32]);
        let stored = seal.sealed("key", b"role:user");
        for place in 0..stored.len() {
            for bit in 0..8 {
                let mut changed = stored.clone();
                changed[place] ^= 1 << bit;
                assert_eq!(seal.opened("key", &changed), None, "byte {place}, bit {bit}");
            }
        }
        for length in 0..stored.len() {
            assert_eq!(seal.opened("key", &stored[..length]), None, "cut after {length} bytes");
        }
    }

    #[test]
    fn a_value_is_good_for_its_key_and_its_secret_only() {
        let (seal, other) = (Seal::new(&[7; 32]), Seal::new(&[8; 32]));
        let stored = seal.sealed("principal:1", b"value");
        assert_eq!(seal.opened("principal:2", &stored), None);
        assert_eq!(other.opened("principal:1", &stored), None);
        // The border between key and value cannot be moved.
        assert_eq!(seal.opened("principal:1value", &seal.sealed("principal:1", b"value")[..33]), None);
    }
}
