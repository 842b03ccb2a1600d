//! Tokens that name another algorithm or key.

use ring::hmac;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;

use super::*;

#[test]
fn other_algorithms_are_refused_whoever_signed() {
    let payload = text(&access());
    let id = key_id();
    for header in [
        r#"{"typ":"JWT","alg":"none"}"#.to_owned(),
        format!(r#"{{"typ":"JWT","alg":"none","kid":"{id}"}}"#),
        format!(r#"{{"typ":"JWT","alg":"EdDSA","kid":"{id}"}}"#),
        format!(r#"{{"typ":"JWT","alg":"ed25519","kid":"{id}"}}"#),
        format!(r#"{{"typ":"JWT","alg":"HS256","kid":"{id}"}}"#),
        r#"{"typ":"JWT","alg":"Ed25519"}"#.to_owned(),
    ] {
        let header = encode(header);
        refused(&signed(&header, &payload));
        refused(&format!("{header}.{}.", encode(&payload)));
        refused(&format!("{header}.{}", encode(&payload)));
    }
    refused(&format!("{}.{}.", genuine_header(), encode(&payload)));
}

#[test]
fn the_public_key_is_no_shared_secret() {
    let (key, payload) = (generate_jwk().unwrap(), encode(text(&access())));
    let tokens = tokens_of(&key);
    let jwk: Value = serde_json::from_str(&key).unwrap();
    let public = jwk["x"].as_str().unwrap();
    let secrets = [URL_SAFE_NO_PAD.decode(public).unwrap(), public.as_bytes().to_vec()];
    let id = tokens.keys.key_ids().next().unwrap().to_owned();
    for secret in secrets {
        for header in [
            encode(r#"{"typ":"JWT","alg":"HS256"}"#),
            encode(format!(r#"{{"typ":"JWT","alg":"HS256","kid":"{id}"}}"#)),
            tokens.keys.signer().header().to_owned(),
        ] {
            let message = format!("{header}.{payload}");
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message.as_bytes());
            let token = format!("{message}.{}", encode(tag));
            assert_eq!(tokens.verify_access(&token, at(NOW)), Err(TokenError::Invalid));
        }
    }
}

#[test]
fn headers_that_mean_the_same_are_refused() {
    let (payload, id) = (text(&access()), key_id());
    for header in [
        format!(r#"{{"alg":"Ed25519","typ":"JWT","kid":"{id}"}}"#),
        format!(r#"{{"typ":"JWT", "alg":"Ed25519","kid":"{id}"}}"#),
        format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}","jwk":{{}}}}"#),
        format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}","crit":["b64"],"b64":false}}"#),
        format!(r#"{{"typ":"JWT","alg":"Ed25519","alg":"Ed25519","kid":"{id}"}}"#),
        format!(r#"{{"typ":"jwt","alg":"Ed25519","kid":"{id}"}}"#),
        String::new(),
    ] {
        refused(&signed(&encode(header), &payload));
    }
}

#[test]
fn key_identifiers_cannot_be_played_with() {
    let payload = text(&access());
    let second = OURS.tokens.keys.key_ids().nth(1).unwrap();
    for id in [second, "", "0", "../../etc/passwd", "' OR 1=1 --", &key_id()[1..], &"A".repeat(43)] {
        let header = encode(format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}"}}"#));
        // Signed by the first key of the ring.
        refused(&signed(&header, &payload));
    }
    let public = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let jwk = encode(public.public_key());
    let embedded = format!(r#"{{"typ":"JWT","alg":"Ed25519","jwk":{{"kty":"OKP","crv":"Ed25519","x":"{jwk}"}}}}"#);
    let message = format!("{}.{}", encode(embedded), encode(&payload));
    refused(&format!("{message}.{}", encode(public.sign(message.as_bytes()))));
}
