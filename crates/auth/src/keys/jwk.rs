//! JSON Web Keys (RFC 7517, RFC 8037) as text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;
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

/// Reads one key or a set of keys. Of the errors only the place is kept: the messages of the parser quote what it found.
pub(super) fn read(text: &str) -> Result<Vec<Jwk>, KeyError> {
    serde_json::from_str::<IgnoredAny>(text)
        .map_err(|error| KeyError::NotJson { line: error.line(), column: error.column() })?;
    let not_a_key = |error: serde_json::Error| KeyError::NotAKey { line: error.line(), column: error.column() };
    match serde_json::from_str(text).map_err(not_a_key)? {
        Set { keys: Some(keys) } => Ok(keys),
        Set { keys: None } => Ok(vec![serde_json::from_str(text).map_err(not_a_key)?]),
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
