//! Tokens that differ from a genuine one in a few bytes.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

#[test]
fn every_flipped_byte_is_refused() {
    for token in [&OURS.issued.access, &OURS.issued.refresh] {
        for index in 0..token.len() {
            for bit in 0..7 {
                let mut bytes = token.clone().into_bytes();
                bytes[index] ^= 1 << bit;
                refused(&String::from_utf8(bytes).unwrap());
            }
        }
    }
}

#[test]
fn another_signature_under_known_claims_is_refused() {
    // The genuine token is remembered, and its claims with another signature are still not believed.
    OURS.tokens.verify_access(&OURS.issued.access, at(NOW)).unwrap();
    let (unsigned, signature) = OURS.issued.access.rsplit_once('.').unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for wrong in [vec![0; 64], vec![255; 64], bytes[..63].to_vec(), [&bytes[..], &[0]].concat(), Vec::new()] {
        refused(&format!("{unsigned}.{}", encode(wrong)));
    }
    // S plus the order of the group: the same point, in a spelling that is not canonical.
    let order = URL_SAFE_NO_PAD.decode("7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA").unwrap();
    let mut carry = 0;
    for (digit, more) in bytes[32..].iter_mut().zip(order) {
        let sum = u16::from(*digit) + u16::from(more) + carry;
        [*digit, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    refused(&format!("{unsigned}.{}", encode(&bytes)));
    assert!(OURS.tokens.verify_access(&OURS.issued.access, at(NOW)).is_ok());
}

#[test]
fn segments_have_one_spelling() {
    for token in [&OURS.issued.access, &OURS.issued.refresh] {
        let segments: Vec<_> = token.split('.').collect();
        for index in 0..3 {
            for end in ["=", "==", " ", "\n", "A", "%3D"] {
                let mut changed: Vec<_> = segments.iter().map(|&s| s.to_owned()).collect();
                changed[index].push_str(end);
                refused(&changed.join("."));
            }
        }
        for changed in [
            format!(".{token}"),
            format!("{token}."),
            format!("{token}.{}", segments[2]),
            format!(" {token}"),
            format!("\"{token}\""),
            format!("Bearer {token}"),
            token.replacen('.', "..", 1),
            token.replace(['-', '_'], "+"),
            segments[..2].join("."),
            "..".into(),
            String::new(),
        ] {
            refused(&changed);
        }
        // 64 bytes leave four bits of the last character unused. They must be zero.
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let last = alphabet.find(&token[token.len() - 1..]).unwrap();
        for bits in 1..16 {
            refused(&format!("{}{}", &token[..token.len() - 1], &alphabet[last + bits..=last + bits]));
        }
    }
}

#[test]
fn the_payload_has_one_spelling_even_when_signed() {
    for end in ["=", "==", "\n"] {
        let message = format!("{}.{}{end}", genuine_header(), encode(text(&access())));
        refused(&format!("{message}.{}", encode(OURS.tokens.keys.signer().sign(message.as_bytes()))));
    }
}

#[test]
fn nothing_longer_than_four_kib_is_looked_at() {
    refused(&"a".repeat(MAX_LEN + 1));
    let mut claims = access();
    claims.insert("email".into(), "j".repeat(2600).into());
    let token = with_payload(text(&claims));
    assert!(token.len() < MAX_LEN && OURS.tokens.verify_access(&token, at(NOW)).is_ok());
    claims.insert("email".into(), "j".repeat(3000).into());
    let token = with_payload(text(&claims));
    assert!(token.len() > MAX_LEN);
    refused(&token);
}

proptest! {
    #[test]
    fn no_text_is_a_token(noise in "\\PC{0,200}", three in "[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,90}") {
        refused(&noise);
        refused(&three);
        refused(&format!("{}.{noise}", genuine_header()));
    }

    #[test]
    fn no_other_bytes_are_a_token(places in prop::collection::vec(any::<(Index, u8)>(), 1..4), refresh in any::<bool>()) {
        let token = if refresh { &OURS.issued.refresh } else { &OURS.issued.access };
        let mut bytes = token.clone().into_bytes();
        for (place, byte) in places {
            let index = place.index(bytes.len());
            bytes[index] = byte;
        }
        let changed = String::from_utf8_lossy(&bytes);
        if changed != *token {
            refused(&changed);
        }
    }

    #[test]
    fn no_part_is_a_token(from in any::<Index>(), to in any::<Index>(), refresh in any::<bool>()) {
        let token = if refresh { &OURS.issued.refresh } else { &OURS.issued.access };
        let (from, to) = (from.index(token.len() + 1), to.index(token.len() + 1));
        if from.min(to) > 0 || from.max(to) < token.len() {
            refused(&token[from.min(to)..from.max(to)]);
        }
    }
}
