//! Tokens that must be refused.

mod random;

use std::sync::LazyLock;

use serde_json::Value;

use super::tests::{NOW, at, claims, issue, new_tokens, settings, tokens_of};
use super::*;
use crate::generate_jwk;
use crate::testing::{Forger, text};

/// One installation with a key ring of two, tokens of it, and somebody who forges them.
struct Installation {
    tokens: Tokens,
    issued: IssuedTokens,
    forger: Forger,
}

static OURS: LazyLock<Installation> = LazyLock::new(|| {
    let keys = format!(r#"{{"keys":[{},{}]}}"#, generate_jwk().unwrap(), generate_jwk().unwrap());
    let tokens = tokens_of(&keys);
    let issued = issue(&tokens, claims());
    let forger = Forger::new(&keys, &issued.access, &issued.refresh);
    Installation { tokens, issued, forger }
});

/// Refused before, during and after the life of the genuine tokens, always as invalid, never as expired.
fn refused(what: &str, token: &str) {
    for now in [NOW - 1_000_000, NOW, NOW + 1_000_000_000] {
        let (access, refresh) = (OURS.tokens.verify_access(token, at(now)), OURS.tokens.verify_refresh(token, at(now)));
        assert_eq!(
            (access.err(), refresh.err()),
            (Some(TokenError::Invalid), Some(TokenError::Invalid)),
            "{what}: {token}"
        );
    }
}

fn judged(token: &str, now: i64) -> [Option<TokenError>; 2] {
    [OURS.tokens.verify_access(token, at(now)).err(), OURS.tokens.verify_refresh(token, at(now)).err()]
}

#[test]
fn the_forger_makes_genuine_tokens() {
    // Otherwise all tests of this file would pass for nothing.
    let Installation { forger, .. } = &*OURS;
    let (access, refresh) = (forger.access_claims(), forger.refresh_claims());
    assert_eq!(judged(&forger.sign(&access), NOW), [None, Some(TokenError::Invalid)]);
    assert_eq!(judged(&forger.sign(&refresh), NOW), [Some(TokenError::Invalid), None]);
    let mut any_order =
        serde_json::to_string_pretty(&access.into_iter().rev().collect::<serde_json::Map<_, _>>()).unwrap();
    any_order.push('\n');
    assert_eq!(judged(&forger.with_payload(any_order), NOW), [None, Some(TokenError::Invalid)]);
}

#[test]
fn every_forgery_is_refused() {
    // The genuine tokens are remembered, and nothing that is like them is believed for that.
    let Installation { tokens, issued, forger } = &*OURS;
    tokens.verify_access(&issued.access, at(NOW)).unwrap();
    let forgeries = forger.forgeries();
    assert!(forgeries.len() > 2000, "{} forgeries", forgeries.len());
    for forgery in &forgeries {
        refused(&forgery.what, &forgery.token);
    }
    assert!(tokens.verify_access(&issued.access, at(NOW)).is_ok());
}

#[test]
fn every_flipped_bit_is_refused() {
    for forgery in OURS.forger.flipped() {
        refused(&forgery.what, &forgery.token);
    }
}

#[test]
fn a_token_is_called_expired_only_when_nothing_else_is_wrong() {
    let Installation { forger, .. } = &*OURS;
    for seconds in [0, 1, 1_000_000] {
        let [access, refresh] = forger.expired(NOW, seconds);
        assert_eq!(judged(&access, NOW), [Some(TokenError::Expired), Some(TokenError::Invalid)]);
        assert_eq!(judged(&refresh, NOW), [Some(TokenError::Invalid), Some(TokenError::Expired)]);
    }
    for forgery in forger.premature(NOW) {
        assert_eq!(judged(&forgery.token, NOW), [Some(TokenError::Invalid); 2], "{forgery:?}");
    }
}

#[test]
fn another_installation_is_not_ours_whatever_it_claims() {
    let stranger = new_tokens();
    let issued = issue(&stranger, claims());
    for token in [&issued.access, &issued.refresh] {
        refused("a stranger's", token);
        let (_, rest) = token.split_once('.').unwrap();
        refused("a stranger's with our header", &format!("{}.{rest}", OURS.forger.header()));
    }
    let (unsigned, _) = OURS.issued.access.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.encode(stranger.keys.signer().sign(unsigned.as_bytes()));
    refused("signed by a stranger", &format!("{unsigned}.{signature}"));
}

#[test]
fn the_other_key_of_the_ring_signs_with_its_own_header_only() {
    let other = OURS.tokens.keys.keys().nth(1).unwrap();
    let payload = URL_SAFE_NO_PAD.encode(text(&OURS.forger.access_claims()));
    let signed = |header: &str| {
        let message = format!("{header}.{payload}");
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(other.sign(message.as_bytes())))
    };
    assert_eq!(judged(&signed(other.header()), NOW), [None, Some(TokenError::Invalid)]);
    refused("the second key under the header of the first", &signed(OURS.forger.header()));
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

#[test]
fn nothing_longer_than_four_kib_is_looked_at() {
    refused("long", &"a".repeat(MAX_LEN + 1));
    let mut claims = OURS.forger.access_claims();
    for (letters, expected) in [(2600, None), (3000, Some(TokenError::Invalid))] {
        claims.insert("email".into(), Value::from("j".repeat(letters)));
        let token = OURS.forger.sign(&claims);
        assert_eq!(token.len() > MAX_LEN, expected.is_some());
        assert_eq!(judged(&token, NOW)[0], expected);
    }
}
