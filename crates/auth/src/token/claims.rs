//! The payloads of tokens as JSON.
//!
//! Reading is strict: every claim once and of its type, and no other.

use std::borrow::Cow;

use irontrack_ports::TokenError;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// How far a token's `iat` may lie ahead of our clock, in seconds.
const CLOCK_SKEW: i64 = 60;

/// The claims of an access token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccessPayload<'a> {
    pub(super) sub: Id,
    #[serde(borrow)]
    pub(super) email: Cow<'a, str>,
    pub(super) sid: Id,
    #[serde(borrow)]
    pub(super) typ: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) iss: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) aud: Cow<'a, str>,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: Id,
}

/// The claims of a refresh token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshPayload<'a> {
    pub(super) sub: Id,
    pub(super) sid: Id,
    #[serde(borrow)]
    pub(super) typ: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) iss: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) aud: Cow<'a, str>,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: Id,
}

/// What is checked in the same way in both kinds of tokens.
pub(super) struct Common<'a> {
    pub(super) typ: &'a str,
    pub(super) iss: &'a str,
    pub(super) aud: &'a str,
    pub(super) life: Life,
}

/// The claims of one kind of token.
pub(super) trait Payload<'de>: Deserialize<'de> {
    /// The claim `typ`.
    const KIND: &'static str;

    fn common(&self) -> Common<'_>;

    /// Reads the claims from JSON.
    fn parse(json: &'de [u8]) -> Result<Self, TokenError> {
        // serde would take an array of the values as well.
        if json.trim_ascii_start().first() != Some(&b'{') {
            return Err(TokenError::Invalid);
        }
        serde_json::from_slice(json).map_err(|_| TokenError::Invalid)
    }
}

impl<'de> Payload<'de> for AccessPayload<'de> {
    const KIND: &'static str = "access";

    fn common(&self) -> Common<'_> {
        let life = Life { from: self.iat, to: self.exp };
        Common { typ: &self.typ, iss: &self.iss, aud: &self.aud, life }
    }
}

impl<'de> Payload<'de> for RefreshPayload<'de> {
    const KIND: &'static str = "refresh";

    fn common(&self) -> Common<'_> {
        let life = Life { from: self.iat, to: self.exp };
        Common { typ: &self.typ, iss: &self.iss, aud: &self.aud, life }
    }
}

/// From when to when a token is good, in seconds since 1970.
#[derive(Clone, Copy)]
pub(super) struct Life {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Life {
    /// At least one second, because a token that is never good is never genuine.
    pub(super) fn new(from: i64, to: i64) -> Self {
        Self { from, to: to.max(from.saturating_add(1)) }
    }

    pub(super) fn check(self, now: i64) -> Result<(), TokenError> {
        if self.to <= self.from || self.from > now.saturating_add(CLOCK_SKEW) {
            Err(TokenError::Invalid)
        } else if self.to <= now {
            Err(TokenError::Expired)
        } else {
            Ok(())
        }
    }
}

/// A UUID in its one spelling: 36 characters, lower case, with hyphens.
#[derive(Clone, Copy)]
pub(super) struct Id(pub(super) Uuid);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        match Uuid::try_parse(&text) {
            Ok(id) if *id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == *text => Ok(Self(id)),
            _ => Err(D::Error::invalid_value(Unexpected::Str(&text), &"a UUID in lower case")),
        }
    }
}
