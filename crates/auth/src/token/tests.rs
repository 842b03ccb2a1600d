//! Tokens that are as they should be, and when they end.

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::*;
use crate::generate_jwk;

pub(super) const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

pub(super) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

pub(super) fn settings() -> TokenSettings {
    TokenSettings {
        issuer: "irontrack".into(),
        audience: "irontrack-api".into(),
        access_life: Duration::from_secs(1800),
    }
}

pub(super) fn tokens_of(jwk_text: &str) -> Tokens {
    Tokens::new(KeyRing::from_jwk_text(jwk_text).unwrap(), settings())
}

pub(super) fn new_tokens() -> Tokens {
    tokens_of(&generate_jwk().unwrap())
}

pub(super) fn claims() -> RefreshClaims {
    RefreshClaims {
        user_id: UserId::new(Uuid::now_v7()),
        session_id: SessionId::new(Uuid::now_v7()),
        refresh_id: RefreshId::new(Uuid::new_v4()),
    }
}

pub(super) fn issue(tokens: &Tokens, claims: RefreshClaims) -> IssuedTokens {
    let email = Email::parse("Jo.Lifter@example.com").unwrap();
    tokens.issue(claims, &email, at(NOW), at(NOW + 7 * DAY)).unwrap()
}

fn segment(token: &str, index: usize) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()
}

pub(super) fn payload(token: &str) -> Map<String, Value> {
    serde_json::from_slice(&segment(token, 1)).unwrap()
}

#[test]
fn what_was_issued_is_verified() {
    let (tokens, claims) = (new_tokens(), claims());
    let issued = issue(&tokens, claims);
    let access = AccessClaims { user_id: claims.user_id, session_id: claims.session_id };
    for _ in 0..2 {
        assert_eq!(tokens.verify_access(&issued.access, at(NOW)), Ok(access));
        assert_eq!(tokens.verify_refresh(&issued.refresh, at(NOW)), Ok(claims));
    }
}

#[test]
fn the_format_is_fixed() {
    let (tokens, claims) = (new_tokens(), claims());
    let issued = issue(&tokens, claims);
    let header = format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{}"}}"#, tokens.keys.key_ids().next().unwrap());
    for token in [&issued.access, &issued.refresh] {
        assert_eq!(segment(token, 0), header.as_bytes());
        assert_eq!(segment(token, 2).len(), 64);
        assert!(token.len() < 1024, "{}", token.len());
    }
    let access = payload(&issued.access);
    let names = ["sub", "email", "sid", "typ", "iss", "aud", "iat", "exp", "jti"];
    assert_eq!(access.keys().collect::<Vec<_>>(), names);
    assert_eq!(access["sub"], claims.user_id.to_string());
    assert_eq!(access["email"], "Jo.Lifter@example.com");
    assert_eq!(access["sid"], claims.session_id.to_string());
    assert_eq!(access["typ"], "access");
    assert_eq!(access["iss"], "irontrack");
    assert_eq!(access["aud"], "irontrack-api");
    assert_eq!((&access["iat"], &access["exp"]), (&NOW.into(), &(NOW + 1800).into()));
    assert_eq!(Uuid::try_parse(access["jti"].as_str().unwrap()).unwrap().get_version_num(), 4);

    let refresh = payload(&issued.refresh);
    assert_eq!(refresh.keys().collect::<Vec<_>>(), ["sub", "sid", "typ", "iss", "aud", "iat", "exp", "jti"]);
    assert_eq!(refresh["typ"], "refresh");
    assert_eq!((&refresh["iat"], &refresh["exp"]), (&NOW.into(), &(NOW + 7 * DAY).into()));
    assert_eq!(refresh["jti"], claims.refresh_id.to_string());
}

#[test]
fn no_token_outlives_its_session() {
    let tokens = new_tokens();
    let email = Email::parse("jo@example.com").unwrap();
    // Milliseconds until the session ends, and when the tokens end.
    for (session_end, access_end, refresh_end) in [
        (7_200_000, 1800, 7200),
        (1_800_000, 1800, 1800),
        (1_799_999, 1799, 1799),
        (600_900, 600, 600),
        (1_000, 1, 1),
        (400, 1, 1),
        (-5_000, 1, 1),
    ] {
        let issued = tokens.issue(claims(), &email, at(NOW), at(NOW) + TimeDelta::milliseconds(session_end)).unwrap();
        assert_eq!(payload(&issued.access)["exp"], NOW + access_end, "{session_end}");
        assert_eq!(payload(&issued.refresh)["exp"], NOW + refresh_end, "{session_end}");
    }
}

#[test]
fn a_token_is_good_until_the_second_it_expires() {
    let tokens = new_tokens();
    let issued = issue(&tokens, claims());
    let access = |now| tokens.verify_access(&issued.access, now).err();
    let refresh = |now| tokens.verify_refresh(&issued.refresh, now).err();
    // The second round finds the access token in memory, and is answered alike.
    for _ in 0..2 {
        let last = at(NOW + 1800) - TimeDelta::milliseconds(1);
        assert_eq!(access(last), None);
        assert_eq!(access(at(NOW + 1800)), Some(TokenError::Expired));
        assert_eq!(access(at(NOW + 99 * DAY)), Some(TokenError::Expired));
        assert_eq!(refresh(at(NOW + 7 * DAY - 1)), None);
        assert_eq!(refresh(at(NOW + 7 * DAY)), Some(TokenError::Expired));
        assert_eq!(access(at(NOW - 60)), None);
        assert_eq!(access(at(NOW - 61)), Some(TokenError::Invalid));
        assert_eq!(refresh(at(NOW - 60)), None);
        assert_eq!(refresh(at(NOW - 61)), Some(TokenError::Invalid));
    }
}

#[test]
fn an_expired_token_is_not_remembered() {
    let tokens = new_tokens();
    let issued = issue(&tokens, claims());
    assert_eq!(tokens.verify_access(&issued.access, at(NOW + 1800)), Err(TokenError::Expired));
    assert!(!tokens.verified.contains_key(&*issued.access));
    tokens.verify_access(&issued.access, at(NOW)).unwrap();
    assert!(tokens.verified.contains_key(&*issued.access));
}

#[test]
fn all_keys_of_the_ring_verify_and_the_first_signs() {
    let (old, new) = (generate_jwk().unwrap(), generate_jwk().unwrap());
    let before = tokens_of(&old);
    let after = tokens_of(&format!(r#"{{"keys":[{new},{old}]}}"#));
    let only_new = tokens_of(&new);
    let claims = claims();
    let (issued_before, issued_after) = (issue(&before, claims), issue(&after, claims));
    assert!(after.verify_access(&issued_before.access, at(NOW)).is_ok());
    assert_eq!(after.verify_refresh(&issued_before.refresh, at(NOW)), Ok(claims));
    assert_eq!(only_new.verify_refresh(&issued_after.refresh, at(NOW)), Ok(claims));
    assert_eq!(before.verify_refresh(&issued_after.refresh, at(NOW)), Err(TokenError::Invalid));
    assert_eq!(only_new.verify_refresh(&issued_before.refresh, at(NOW)), Err(TokenError::Invalid));
}

#[test]
fn debug_shows_no_credential() {
    let tokens = new_tokens();
    let issued = issue(&tokens, claims());
    tokens.verify_access(&issued.access, at(NOW)).unwrap();
    let shown = format!("{tokens:?} {issued:?}");
    assert!(shown.contains("irontrack-api") && !shown.contains(&issued.access), "{shown}");
}

fn any_claims() -> impl Strategy<Value = RefreshClaims> {
    any::<(u128, u128, u128)>().prop_map(|(user, session, refresh)| RefreshClaims {
        user_id: UserId::new(Uuid::from_u128(user)),
        session_id: SessionId::new(Uuid::from_u128(session)),
        refresh_id: RefreshId::new(Uuid::from_u128(refresh)),
    })
}

proptest! {
    #[test]
    fn any_claims_come_back(
        claims in any_claims(),
        local in "[a-zäöü0-9!#$%&'*+/=?^_`{|}~-]{1,20}",
        now in 0_i64..4_000_000_000,
        session_life in -10_i64..40 * DAY,
        later in 0_i64..40 * DAY,
    ) {
        let tokens = new_tokens();
        let email = Email::parse(&format!("{local}@example.com")).unwrap();
        let issued = tokens.issue(claims, &email, at(now), at(now + session_life)).unwrap();
        let access = AccessClaims { user_id: claims.user_id, session_id: claims.session_id };
        let refresh_end = session_life.max(1);
        let access_end = refresh_end.min(1800);
        let judged = |end| if later < end { Ok(()) } else { Err(TokenError::Expired) };
        prop_assert_eq!(tokens.verify_access(&issued.access, at(now + later)), judged(access_end).map(|()| access));
        prop_assert_eq!(tokens.verify_refresh(&issued.refresh, at(now + later)), judged(refresh_end).map(|()| claims));
    }
}
