//! JSON Web Keys (RFC 7517, RFC 8037) as text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::error::Category;
use zeroize::{Zeroize, Zeroizing};

use super::{KEY_LEN, KeyError, KeyProblem};

/// The members of a key that matter here, as they stand in the text. Wiped when dropped.
#[derive(Deserialize)]
pub(super) struct Jwk {
    pub(super) kty: Option<String>,
    pub(super) crv: Option<String>,
    pub(super) x: Option<String>,
    pub(super) d: Option<String>,
}

impl Drop for Jwk {
    fn drop(&mut self) {
        self.d.zeroize();
    }
}

pub(super) fn required(member: &'static str, value: Option<&str>, expected: &'static str) -> Result<(), KeyProblem> {
        match value {
            None => Err(KeyProblem::Missing(member)),
            Some(value) if value == expected => Ok(()),
            Some(_) => Err(KeyProblem::OtherKind { member, expected }),
        }
    }

    pub(super) fn bytes(member: &'static str, value: Option<&str>) -> Result<Zeroizing<[u8; KEY_LEN]>, KeyProblem> {
        let value = value.ok_or(KeyProblem::Missing(member))?;
        let decoded = Zeroizing::new(URL_SAFE_NO_PAD.decode(value).map_err(|_| KeyProblem::Encoding(member))?);
        let bytes = decoded.as_slice().try_into().map_err(|_| KeyProblem::Encoding(member))?;
        Ok(Zeroizing::new(bytes))
    }

#[derive(Deserialize)]
struct Set {
    keys: Option<Vec<Jwk>>,
}

/// Reads one key or a set of keys.
pub(super) fn read(text: &str) -> Result<Vec<Jwk>, KeyError> {
    let set: Set = serde_json::from_str(text).map_err(|error| fault(&error))?;
    match set.keys {
        Some(keys) => Ok(keys),
        None => serde_json::from_str(text).map(|jwk| vec![jwk]).map_err(|error| fault(&error)),
    }
}

/// Only the place: the message of the parser quotes what it found.
fn fault(error: &serde_json::Error) -> KeyError {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Data => KeyError::NotAKey { line, column },
        Category::Io | Category::Syntax | Category::Eof => KeyError::NotJson { line, column },
    }
}

/// A new private key as one line of JSON.
pub(super) fn write(id: &str, seed: &[u8], public: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    let d = Zeroizing::new(URL_SAFE_NO_PAD.encode(seed));
    // None of the values needs escaping.
    format!(
        r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{}","kid":"{id}","use":"sig","alg":"Ed25519"}}"#,
        d.as_str()
    )
}
