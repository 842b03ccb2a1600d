//! Tokens that chance makes.
//!
//! One property, over everything that an attacker could vary. It takes a few thousand cases with the other tests, and as
//! many as `PROPTEST_CASES` says where that is more: `just forgeries` runs a million.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::*;
use crate::testing::{encode, signed_by_stranger};

/// Cases at least.
const CASES: u32 = 4_000;

fn configuration() -> ProptestConfig {
    let default = ProptestConfig::default();
    // What turns out to be genuine does not count as a case.
    ProptestConfig { cases: default.cases.max(CASES), max_global_rejects: u32::MAX, ..default }
}

/// What is right about a token: everything but what the variant says.
#[derive(Debug, Clone)]
enum Attack {
    /// Bytes of a genuine token are others, missing or more.
    Bytes(Vec<(Index, Edit)>),
    /// Segments come from anywhere.
    Segments([Segment; 3]),
    /// Any header over genuine claims, signed by anybody.
    Header(Value, Signer),
    /// Claims that are not ours, signed by us or by anybody.
    Claims(Vec<(Index, Value)>, Signer),
    /// Bytes that are no claims at all, signed by us.
    Payload(Vec<u8>),
    /// Any text.
    Noise(String),
}

#[derive(Debug, Clone)]
enum Edit {
    Replace(u8),
    Insert(u8),
    Remove,
}

#[derive(Debug, Clone)]
enum Segment {
    /// One of the six of the two genuine tokens.
    Genuine(Index),
    Text(String),
}

#[derive(Debug, Clone, Copy)]
enum Signer {
    Us,
    Stranger,
    Nobody,
}

fn attacks() -> impl Strategy<Value = Attack> {
    let edit = prop_oneof![
        any::<u8>().prop_map(Edit::Replace),
        prop_oneof![select(b"A_-.=0 ".to_vec()), any::<u8>()].prop_map(Edit::Insert),
        Just(Edit::Remove),
    ];
    let segment = prop_oneof![
        3 => any::<Index>().prop_map(Segment::Genuine),
        1 => "[A-Za-z0-9_=-]{0,90}".prop_map(Segment::Text),
    ];
    let signer = || select(vec![Signer::Us, Signer::Stranger, Signer::Nobody]);
    prop_oneof![
        4 => prop::collection::vec((any::<Index>(), edit), 1..5).prop_map(Attack::Bytes),
        2 => prop::array::uniform3(segment).prop_map(Attack::Segments),
        3 => (header(), signer()).prop_map(|(header, signer)| Attack::Header(header, signer)),
        4 => (prop::collection::vec((any::<Index>(), json_value()), 1..4), signer())
            .prop_map(|(claims, signer)| Attack::Claims(claims, signer)),
        1 => prop::collection::vec(any::<u8>(), 0..120).prop_map(Attack::Payload),
        1 => "\\PC{0,200}".prop_map(Attack::Noise),
    ]
}

/// Any JSON, often with names and values that mean something in a token.
fn json_value() -> impl Strategy<Value = Value> {
    let known = ["access", "refresh", "irontrack", "irontrack-api", "Ed25519", "none", "JWT", "", "01890a5d-ac96"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e18..1e18_f64).prop_map(Value::from),
        select(known.to_vec()).prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| json!(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known =
        ["alg", "typ", "kid", "jwk", "jku", "x5u", "crit", "sub", "sid", "jti", "iss", "aud", "iat", "exp", "nbf"];
    prop_oneof![4 => select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,10}"]
}

/// The genuine header with other members, or any JSON.
fn header() -> impl Strategy<Value = Value> {
    let changed = prop::collection::vec((name(), prop::option::of(json_value())), 1..3).prop_map(|changes| {
        let bytes = URL_SAFE_NO_PAD.decode(OURS.forger.header()).unwrap();
        let mut header: Map<String, Value> = serde_json::from_slice(&bytes).unwrap();
        for (name, value) in changes {
            match value {
                Some(value) => header.insert(name, value),
                None => header.remove(&name),
            };
        }
        Value::from(header)
    });
    prop_oneof![3 => changed, 1 => json_value()]
}

fn genuine(access: bool) -> &'static str {
    if access { &OURS.issued.access } else { &OURS.issued.refresh }
}

fn sign(message: &str, signer: Signer) -> String {
    match signer {
        Signer::Us => OURS.forger.signed(message),
        Signer::Stranger => signed_by_stranger(message),
        Signer::Nobody => format!("{message}."),
    }
}

/// Whether we would issue such a claim ourselves: then a token with it, signed by us, is genuine.
fn is_ours(name: &str, value: &Value) -> bool {
    match name {
        "sub" | "sid" | "jti" => value.as_str().is_some_and(|text| Uuid::try_parse(text).is_ok()),
        "email" => value.is_string(),
        "iat" | "exp" => value.is_i64(),
        _ => false,
    }
}

/// The token of an attack; `None` where chance made a genuine one.
fn forge(attack: &Attack, access: bool) -> Option<String> {
    let token = match attack {
        Attack::Bytes(edits) => {
            let mut bytes = genuine(access).as_bytes().to_vec();
            for (place, edit) in edits {
                let index = place.index(bytes.len());
                match edit {
                    Edit::Replace(byte) => bytes[index] = *byte,
                    Edit::Insert(byte) => bytes.insert(index, *byte),
                    Edit::Remove => drop(bytes.remove(index)),
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Attack::Segments(segments) => {
            let all: Vec<&str> = genuine(true).split('.').chain(genuine(false).split('.')).collect();
            let text = |segment: &Segment| match segment {
                Segment::Genuine(index) => (*index.get(&all)).to_owned(),
                Segment::Text(text) => text.clone(),
            };
            segments.each_ref().map(text).join(".")
        }
        Attack::Header(header, signer) => {
            let (_, rest) = genuine(access).split_once('.').unwrap();
            let (payload, _) = rest.split_once('.').unwrap();
            let header = encode(header.to_string());
            if header == OURS.forger.header() && matches!(signer, Signer::Us) {
                return None;
            }
            sign(&format!("{header}.{payload}"), *signer)
        }
        Attack::Claims(edits, signer) => {
            let claims = if access { OURS.forger.access_claims() } else { OURS.forger.refresh_claims() };
            let mut changed = claims.clone();
            for (place, value) in edits {
                let name = claims.keys().nth(place.index(claims.len())).unwrap().clone();
                // Null takes it away.
                if value.is_null() {
                    changed.remove(&name)
                } else {
                    changed.insert(name, value.clone())
                };
            }
            let is_genuine = |(name, value): (&String, &Value)| {
                changed.get(name).is_some_and(|now| now == value || is_ours(name, now))
            };
            if matches!(signer, Signer::Us) && claims.iter().all(is_genuine) {
                return None;
            }
            sign(&format!("{}.{}", OURS.forger.header(), encode(text(&changed))), *signer)
        }
        Attack::Payload(payload) => OURS.forger.with_payload(payload),
        Attack::Noise(noise) => noise.clone(),
    };
    (token != genuine(true) && token != genuine(false)).then_some(token)
}

proptest! {
    #![proptest_config(configuration())]

    #[test]
    fn no_attack_succeeds(attack in attacks(), access in any::<bool>(), now in prop_oneof![Just(NOW), any::<i32>().prop_map(i64::from)]) {
        let token = forge(&attack, access);
        prop_assume!(token.is_some());
        let token = token.unwrap_or_default();
        prop_assert_eq!(judged(&token, now), [Some(TokenError::Invalid); 2], "{}", token);
    }
}
