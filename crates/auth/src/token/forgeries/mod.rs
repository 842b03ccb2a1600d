//! Tokens that must be refused.

mod bytes;
mod headers;
mod payloads;

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::tests::{NOW, at, claims, issue, new_tokens, payload, settings, tokens_of};
use super::*;
use crate::generate_jwk;

/// One installation with a key ring of two, and tokens of it.
struct Installation {
    tokens: Tokens,
    issued: IssuedTokens,
}

static OURS: LazyLock<Installation> = LazyLock::new(|| {
    let (one, two) = (generate_jwk().unwrap(), generate_jwk().unwrap());
    let tokens = tokens_of(&format!(r#"{{"keys":[{one},{two}]}}"#));
    let issued = issue(&tokens, claims());
    Installation { tokens, issued }
});

fn refused(token: &str) {
    for now in [NOW - 1_000_000, NOW, NOW + 1_000_000_000] {
        assert_eq!(OURS.tokens.verify_access(token, at(now)), Err(TokenError::Invalid), "access {now}: {token}");
        assert_eq!(OURS.tokens.verify_refresh(token, at(now)), Err(TokenError::Invalid), "refresh {now}: {token}");
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token with the given header and payload, signed with our own key.
fn signed(header: &str, payload: impl AsRef<[u8]>) -> String {
    let message = format!("{header}.{}", encode(payload));
    let signature = OURS.tokens.keys.signer().sign(message.as_bytes());
    format!("{message}.{}", encode(signature))
}

fn genuine_header() -> &'static str {
    OURS.tokens.keys.signer().header()
}

fn key_id() -> String {
    OURS.tokens.keys.key_ids().next().unwrap().to_owned()
}

/// A genuine token with a payload of our choice.
fn with_payload(payload: impl AsRef<[u8]>) -> String {
    signed(genuine_header(), payload)
}

fn access() -> Map<String, Value> {
    payload(&OURS.issued.access)
}

fn refresh() -> Map<String, Value> {
    payload(&OURS.issued.refresh)
}

fn text(claims: &Map<String, Value>) -> String {
    serde_json::to_string(claims).unwrap()
}

#[test]
fn the_helpers_make_genuine_tokens() {
    // Otherwise all tests of this file would pass for nothing.
    let Installation { tokens, .. } = &*OURS;
    assert!(tokens.verify_access(&with_payload(text(&access())), at(NOW)).is_ok());
    assert!(tokens.verify_refresh(&with_payload(text(&refresh())), at(NOW)).is_ok());
    let mut any_order = serde_json::to_string_pretty(&access().into_iter().rev().collect::<Map<_, _>>()).unwrap();
    any_order.push('\n');
    assert!(tokens.verify_access(&with_payload(any_order), at(NOW)).is_ok());
    let mut old = access();
    old.insert("iat".into(), (NOW - 100).into());
    old.insert("exp".into(), (NOW - 1).into());
    assert_eq!(tokens.verify_access(&with_payload(text(&old)), at(NOW)), Err(TokenError::Expired));
    old.insert("iss".into(), "other".into());
    assert_eq!(tokens.verify_access(&with_payload(text(&old)), at(NOW)), Err(TokenError::Invalid));
}

#[test]
fn another_installation_is_not_ours_whatever_it_claims() {
    let stranger = new_tokens();
    let issued = issue(&stranger, claims());
    refused(&issued.access);
    refused(&issued.refresh);
    // With our header on top. An expired one is invalid too, not expired.
    for token in [&issued.access, &issued.refresh] {
        let (_, rest) = token.split_once('.').unwrap();
        refused(&format!("{}.{rest}", genuine_header()));
    }
    let (unsigned, _) = OURS.issued.access.rsplit_once('.').unwrap();
    let signature = encode(stranger.keys.signer().sign(unsigned.as_bytes()));
    refused(&format!("{unsigned}.{signature}"));
}

#[test]
fn settings_of_another_service_are_refused() {
    let key = generate_jwk().unwrap();
    let ours = tokens_of(&key);
    for other in [
        TokenSettings { issuer: "gymtrack".into(), ..settings() },
        TokenSettings { audience: "gymtrack-api".into(), ..settings() },
    ] {
        let other = Tokens::new(KeyRing::from_jwk_text(&key).unwrap(), other);
        let issued = issue(&other, claims());
        for now in [NOW, NOW + 1_000_000_000] {
            assert_eq!(ours.verify_access(&issued.access, at(now)), Err(TokenError::Invalid));
            assert_eq!(ours.verify_refresh(&issued.refresh, at(now)), Err(TokenError::Invalid));
        }
    }
}
