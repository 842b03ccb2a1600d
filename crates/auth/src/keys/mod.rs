//! The Ed25519 keys that sign and verify tokens.

mod jwk;
mod rotation;
#[cfg(test)]
mod tests;

use std::fmt;
use std::iter;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use thiserror::Error;
use zeroize::Zeroizing;

use jwk::Jwk;
pub use rotation::{Rotation, announce, promote, rotate};

/// Bytes of a seed (private) and of a public key alike.
const KEY_LEN: usize = 32;

/// Why a text gives no key ring. Names what is wrong, and never shows a part of the text: it may be secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is not JSON.
    #[error("the key is not valid JSON (line {line}, column {column})")]
    NotJson {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault.
        column: usize,
    },
    /// The text is JSON, but its members have other types than those of a JWK or a JWK set, or stand there twice.
    #[error("the key is neither a JSON Web Key nor a set of them (line {line}, column {column})")]
    NotAKey {
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault.
        column: usize,
    },
    /// The set is empty.
    #[error("the key set holds no key")]
    EmptySet,
    /// One of the keys cannot be used.
    #[error("key number {number}: {problem}")]
    Unusable {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        problem: KeyProblem,
    },
    /// A key waits to be promoted already: another one would be promoted unseen.
    #[error("a key is announced already: promote it first")]
    AlreadyAnnounced,
    /// No key waits to be promoted.
    #[error("no key is announced")]
    NothingAnnounced,
    /// The operating system gave no random bytes for a new key.
    #[error("the operating system has no random bytes for a new key")]
    NoRandomness,
}

/// What is wrong with one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyProblem {
    /// A member is missing.
    #[error("the member \"{0}\" is missing")]
    Missing(&'static str),
    /// It is a key of another kind.
    #[error("the member \"{member}\" must be \"{expected}\"")]
    OtherKind {
        /// The member that says so.
        member: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// A member does not hold a key.
    #[error("the member \"{0}\" must be 32 bytes in base64url without padding")]
    Encoding(&'static str),
    /// The two halves do not belong together.
    #[error("the public key \"x\" does not belong to the private key \"d\"")]
    Mismatch,
    /// The key stands in the set twice.
    #[error("the key is in the set already")]
    Duplicate,
}

/// One key: it signs, and verifies what it signed.
pub(crate) struct Key {
    id: String,
    header: String,
    pair: Ed25519KeyPair,
}

impl Key {
    fn from_jwk(jwk: &Jwk) -> Result<Self, KeyProblem> {
        jwk::required("kty", jwk.kty.as_deref(), "OKP")?;
        jwk::required("crv", jwk.crv.as_deref(), "Ed25519")?;
        let public = jwk::bytes("x", jwk.x.as_deref())?;
        let seed = jwk::bytes("d", jwk.d.as_deref())?;
        let pair = Ed25519KeyPair::from_seed_and_public_key(seed.as_ref(), public.as_ref())
            .map_err(|_| KeyProblem::Mismatch)?;
        let id = thumbprint(public.as_ref());
        // The order of the members is part of the format: see `Tokens`.
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}"}}"#));
        Ok(Self { id, header, pair })
    }

    /// The first segment, encoded, of every token that this key has signed.
    pub(crate) fn header(&self) -> &str {
        &self.header
    }

    pub(crate) fn sign(&self, message: &[u8]) -> impl AsRef<[u8]> + use<> {
        self.pair.sign(message)
    }

    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.pair.public_key()).verify(message, signature).is_ok()
    }
}

/// The keys of the installation, at least one: the first signs, all of them verify. A new key is put in front, so that
/// tokens of the old one stay good until they expire.
pub struct KeyRing {
    signer: Key,
    others: Vec<Key>,
}

impl KeyRing {
    /// Reads one private JSON Web Key (`kty` `OKP`, `crv` `Ed25519`, `x`, `d`) or a set of them (`{"keys": […]}`).
    /// Other members are ignored; the key's identifier is always its thumbprint (RFC 7638).
    ///
    /// # Errors
    /// [`KeyError`] with what is wrong.
    pub fn from_jwk_text(text: &str) -> Result<Self, KeyError> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, jwk) in jwk::read(text)?.iter().enumerate() {
            let unusable = |problem| KeyError::Unusable { number: index + 1, problem };
            let key = Key::from_jwk(jwk).map_err(unusable)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(unusable(KeyProblem::Duplicate));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let signer = keys.next().ok_or(KeyError::EmptySet)?;
        Ok(Self { signer, others: keys.collect() })
    }

    /// The identifiers (`kid`) of the keys, the signing one first. They are public.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|key| key.id.as_str())
    }

    /// A secret of its own for one purpose, the same for all who have the same signing key and of no use for finding that
    /// out. A signature is its source: of the installation nobody else can make it, and it is never shown.
    #[must_use]
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        // No token starts like this: tokens begin with a header in base64url, which has no blank.
        let signature = self.signer.sign(format!("secret for {purpose}").as_bytes());
        let mut secret = [0; 32];
        secret.copy_from_slice(digest(&SHA256, signature.as_ref()).as_ref());
        secret
    }

    pub(crate) const fn signer(&self) -> &Key {
        &self.signer
    }

    /// The key that signs tokens with exactly this first segment.
    pub(crate) fn with_header(&self, header: &str) -> Option<&Key> {
        self.keys().find(|key| key.header == header)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        iter::once(&self.signer).chain(&self.others)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("key_ids", &self.key_ids().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// Makes a new key and writes it as one line of JSON, a private JSON Web Key.
///
/// # Errors
/// [`KeyError::NoRandomness`] when the operating system cannot give random bytes.
pub fn generate_jwk() -> Result<String, KeyError> {
    let mut seed = Zeroizing::new([0; KEY_LEN]);
    SystemRandom::new().fill(seed.as_mut()).map_err(|_| KeyError::NoRandomness)?;
    let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).map_err(|_| KeyError::NoRandomness)?;
    let public = pair.public_key().as_ref();
    Ok(jwk::write(&thumbprint(public), seed.as_ref(), public))
}

/// The thumbprint of RFC 7638: the required members in alphabetical order, hashed.
fn thumbprint(public: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
}
