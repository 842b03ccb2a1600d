//! The tokens of a session: JSON Web Signatures in compact form, one fixed format and nothing else.
//!
//! `header.payload.signature`, each in base64url without padding. The header is the same for all tokens of a key,
//! `{"typ":"JWT","alg":"Ed25519","kid":"…"}`, and is compared as text, never parsed: what a token says about its own
//! algorithm or key is not asked.

mod claims;
#[cfg(test)]
mod forgeries;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use irontrack_domain::{RefreshId, SessionId, UserId, account::Email};
use irontrack_ports::{AccessClaims, IssuedTokens, RefreshClaims, TokenError, TokenIssuer};
use moka::sync::Cache;
use serde::Serialize;
use uuid::Uuid;

use crate::KeyRing;
use claims::{AccessPayload, Id, Life, Payload, RefreshPayload};

/// The longest token that is looked at, in bytes. Ours have about 600.
const MAX_LEN: usize = 4096;

/// How many verified access tokens are remembered: about 10 MB at most.
const REMEMBERED: u64 = 10_000;

/// The longest time for which a token is remembered without being seen expired.
const REMEMBERED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// What all tokens of the installation have in common.
#[derive(Debug, Clone)]
pub struct TokenSettings {
    /// The claim `iss`.
    pub issuer: String,
    /// The claim `aud`.
    pub audience: String,
    /// How long an access token is good, in whole seconds.
    pub access_life: Duration,
}

/// Signs and verifies tokens with the keys of the installation.
///
/// Access tokens that have been verified are remembered by their whole text, so that a client's next requests cost no
/// signature check. Their expiry is checked each time.
pub struct Tokens {
    keys: KeyRing,
    settings: TokenSettings,
    verified: Cache<Box<str>, Verified>,
}

/// What is remembered of a genuine access token.
#[derive(Clone, Copy)]
struct Verified {
    claims: AccessClaims,
    life: Life,
}

impl Tokens {
    /// Tokens signed with the first key of the ring.
    #[must_use]
    pub fn new(keys: KeyRing, settings: TokenSettings) -> Self {
        let verified =
            Cache::builder().max_capacity(REMEMBERED).time_to_live(settings.access_life.min(REMEMBERED_FOR)).build();
        Self { keys, settings, verified }
    }

    fn access_life(&self) -> i64 {
        i64::try_from(self.settings.access_life.as_secs()).unwrap_or(i64::MAX)
    }

    fn sign(&self, payload: &impl Serialize) -> Result<String, TokenError> {
        let payload = serde_json::to_vec(payload).map_err(|_| TokenError::Invalid)?;
        let key = self.keys.signer();
        let mut token = String::with_capacity(MAX_LEN / 4);
        token.push_str(key.header());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let signature = key.sign(token.as_bytes());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// The payload of a token that one of our keys has signed. Nothing of it is parsed before.
    fn genuine_payload(&self, token: &str) -> Result<Vec<u8>, TokenError> {
        let mut segments = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (segments.next(), segments.next(), segments.next(), segments.next())
        else {
            return Err(TokenError::Invalid);
        };
        let key = self.keys.with_header(header).ok_or(TokenError::Invalid)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Invalid)?;
        let signed = &token[..header.len() + 1 + payload.len()];
        if !key.has_signed(signed.as_bytes(), &signature) {
            return Err(TokenError::Invalid);
        }
        URL_SAFE_NO_PAD.decode(payload).map_err(|_| TokenError::Invalid)
    }

    /// Reads and checks the claims. The expiry comes last: only a token that is right in every other respect is called
    /// expired.
    fn read<'p, P: Payload<'p>>(&self, payload: &'p [u8], now: i64) -> Result<P, TokenError> {
        let claims = P::parse(payload)?;
        let common = claims.common();
        if common.typ != P::KIND || common.iss != self.settings.issuer || common.aud != self.settings.audience {
            return Err(TokenError::Invalid);
        }
        common.life.check(now)?;
        Ok(claims)
    }
}

impl TokenIssuer for Tokens {
    fn issue(
        &self,
        claims: RefreshClaims,
        email: &Email,
        now: DateTime<Utc>,
        session_expires_at: DateTime<Utc>,
    ) -> Result<IssuedTokens, TokenError> {
        let (sub, sid) = (Id(claims.user_id.uuid()), Id(claims.session_id.uuid()));
        let (iss, aud) = (self.settings.issuer.as_str(), self.settings.audience.as_str());
        let (now, session_end) = (now.timestamp(), session_expires_at.timestamp());
        let life = Life::new(now, now.saturating_add(self.access_life()).min(session_end));
        let access = AccessPayload {
            sub,
            email: email.as_str().into(),
            sid,
            typ: AccessPayload::KIND.into(),
            iss: iss.into(),
            aud: aud.into(),
            iat: life.from,
            exp: life.to,
            jti: Id(Uuid::new_v4()),
        };
        let life = Life::new(now, session_end);
        let refresh = RefreshPayload {
            sub,
            sid,
            typ: RefreshPayload::KIND.into(),
            iss: iss.into(),
            aud: aud.into(),
            iat: life.from,
            exp: life.to,
            jti: Id(claims.refresh_id.uuid()),
        };
        Ok(IssuedTokens { access: self.sign(&access)?, refresh: self.sign(&refresh)? })
    }

    fn verify_access(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        if token.len() > MAX_LEN {
            return Err(TokenError::Invalid);
        }
        let now = now.timestamp();
        if let Some(known) = self.verified.get(token) {
            return known.life.check(now).map(|()| known.claims);
        }
        let payload = self.genuine_payload(token)?;
        let payload: AccessPayload<'_> = self.read(&payload, now)?;
        let claims = AccessClaims { user_id: UserId::new(payload.sub.0), session_id: SessionId::new(payload.sid.0) };
        self.verified.insert(token.into(), Verified { claims, life: payload.common().life });
        Ok(claims)
    }

    fn verify_refresh(&self, token: &str, now: DateTime<Utc>) -> Result<RefreshClaims, TokenError> {
        if token.len() > MAX_LEN {
            return Err(TokenError::Invalid);
        }
        let payload = self.genuine_payload(token)?;
        let payload: RefreshPayload<'_> = self.read(&payload, now.timestamp())?;
        Ok(RefreshClaims {
            user_id: UserId::new(payload.sub.0),
            session_id: SessionId::new(payload.sid.0),
            refresh_id: RefreshId::new(payload.jti.0),
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the remembered tokens: each is a credential.
        f.debug_struct("Tokens").field("keys", &self.keys).field("settings", &self.settings).finish_non_exhaustive()
    }
}
