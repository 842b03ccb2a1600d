//! Forged tokens, for tests of whatever takes tokens.
//!
//! Each [`Forgery`] is made out of genuine tokens and, where that makes it harder to notice, with the key of the
//! installation itself: everything about it is right but one thing.

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "what cannot be forged is a failed test")]

mod bytes;
mod headers;
mod payloads;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::Ed25519KeyPair;
use serde_json::{Map, Value};

use crate::KeyRing;

/// The seed of somebody else's key.
const STRANGER: [u8; 32] = [7; 32];

/// A token that must be refused.
#[derive(Clone)]
pub struct Forgery {
    /// What is wrong with it.
    pub what: String,
    /// The token.
    pub token: String,
}

impl Forgery {
    fn new(what: impl Into<String>, token: impl Into<String>) -> Self {
        Self { what: what.into(), token: token.into() }
    }
}

impl fmt::Debug for Forgery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.token)
    }
}

/// Forges tokens of an installation.
#[derive(Debug)]
pub struct Forger {
    keys: KeyRing,
    /// The public half of the signing key, as bytes and as its key says it.
    public: (Vec<u8>, String),
    access: String,
    refresh: String,
}

impl Forger {
    /// Takes the keys of the installation, a JWK or a set of them, and the two genuine tokens of a session, signed with
    /// the first key.
    #[must_use]
    pub fn new(keys: &str, access: &str, refresh: &str) -> Self {
        let json: Value = serde_json::from_str(keys).expect("keys are JSON");
        let first = json.pointer("/keys/0").unwrap_or(&json);
        let x = first["x"].as_str().expect("a key has a public half").to_owned();
        let public = (URL_SAFE_NO_PAD.decode(&x).expect("the public half is base64url"), x);
        let keys = KeyRing::from_jwk_text(keys).expect("the keys can be used");
        Self { keys, public, access: access.to_owned(), refresh: refresh.to_owned() }
    }

    /// Tokens that are wrong in every moment.
    #[must_use]
    pub fn forgeries(&self) -> Vec<Forgery> {
        let mut all = self.altered();
        all.extend(self.with_other_headers());
        all.extend(self.with_other_payloads());
        all
    }

    /// A genuine token of ours with these claims, signed with the first key: what an installation would make.
    #[must_use]
    pub fn sign(&self, claims: &Map<String, Value>) -> String {
        self.with_payload(text(claims))
    }

    /// The claims of the genuine access token.
    #[must_use]
    pub fn access_claims(&self) -> Map<String, Value> {
        claims(&self.access)
    }

    /// The claims of the genuine refresh token.
    #[must_use]
    pub fn refresh_claims(&self) -> Map<String, Value> {
        claims(&self.refresh)
    }

    /// Both genuine tokens, with their names.
    fn genuine(&self) -> [(&'static str, &str); 2] {
        [("access", &self.access), ("refresh", &self.refresh)]
    }

    /// The first segment of all genuine tokens.
    pub(crate) fn header(&self) -> &str {
        self.keys.signer().header()
    }

    /// A token with the genuine header and a payload of our choice, signed with our key.
    pub(crate) fn with_payload(&self, payload: impl AsRef<[u8]>) -> String {
        self.signed(&format!("{}.{}", self.header(), encode(payload)))
    }

    /// Two segments of our choice, signed with our key.
    pub(crate) fn signed(&self, message: &str) -> String {
        format!("{message}.{}", encode(self.keys.signer().sign(message.as_bytes())))
    }
}

/// Two segments, signed with the key of somebody else.
pub(crate) fn signed_by_stranger(message: &str) -> String {
    format!("{message}.{}", encode(stranger().sign(message.as_bytes())))
}

fn stranger() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&STRANGER).expect("a key of somebody else")
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn text(claims: &Map<String, Value>) -> String {
    serde_json::to_string(claims).expect("claims are JSON")
}

fn claims(token: &str) -> Map<String, Value> {
    let payload = token.split('.').nth(1).expect("a token has a payload");
    let payload = URL_SAFE_NO_PAD.decode(payload).expect("the payload is base64url");
    serde_json::from_slice(&payload).expect("the payload is JSON")
}
