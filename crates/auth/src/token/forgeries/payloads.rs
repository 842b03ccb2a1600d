//! Tokens that one of our keys has signed, with claims that we do not issue.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

#[test]
fn the_two_kinds_are_not_mixed_up() {
    let Installation { tokens, issued } = &*OURS;
    for now in [NOW, NOW + 1_000_000_000] {
        assert_eq!(tokens.verify_access(&issued.refresh, at(now)), Err(TokenError::Invalid));
        assert_eq!(tokens.verify_refresh(&issued.access, at(now)), Err(TokenError::Invalid));
    }
    // A kind is its claims and its `typ`.
    let (mut access, mut refresh) = (access(), refresh());
    access.insert("typ".into(), "refresh".into());
    refresh.insert("typ".into(), "access".into());
    refused(&with_payload(text(&access)));
    refused(&with_payload(text(&refresh)));
}

#[test]
fn every_claim_is_needed_in_its_type() {
    for claims in [access(), refresh()] {
        for name in claims.keys() {
            let mut without = claims.clone();
            without.remove(name);
            refused(&with_payload(text(&without)));
            for wrong in [Value::Null, json!(true), json!(1.5), json!([]), json!({}), json!([claims[name]]), json!("")]
            {
                let other_email = name == "email" && wrong.is_string();
                let mut wrong_type = claims.clone();
                wrong_type.insert(name.clone(), wrong);
                if !other_email {
                    refused(&with_payload(text(&wrong_type)));
                }
            }
        }
    }
}

#[test]
fn claims_have_the_one_right_value() {
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (name, value) in [
        ("iss", json!("Irontrack")),
        ("iss", json!("irontrack ")),
        ("aud", json!("irontrack")),
        ("aud", json!(["irontrack-api"])),
        ("typ", json!("Access")),
        ("typ", json!({"access": null})),
        ("sub", json!(id.to_uppercase())),
        ("sub", json!(id.replace('-', ""))),
        ("sub", json!(format!("{{{id}}}"))),
        ("sub", json!(format!("urn:uuid:{id}"))),
        ("sid", json!(format!(" {id}"))),
        ("jti", json!(&id[1..])),
        ("iat", json!(NOW.to_string())),
        ("iat", json!(1e9)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 1)),
        ("exp", json!(i64::MIN)),
        ("iat", json!(i64::MAX)),
    ] {
        for mut claims in [access(), refresh()] {
            claims.insert(name.into(), value.clone());
            refused(&with_payload(text(&claims)));
        }
    }
}

#[test]
fn there_is_no_room_for_other_claims() {
    for claims in [access(), refresh()] {
        for (name, value) in [("nbf", json!(0)), ("admin", json!(true)), ("", Value::Null), ("Sub", json!("x"))] {
            let mut more = claims.clone();
            more.insert(name.into(), value);
            refused(&with_payload(text(&more)));
        }
        for name in claims.keys() {
            let once = text(&claims);
            let twice = format!("{},{}:{}}}", &once[..once.len() - 1], json!(name), claims[name]);
            refused(&with_payload(twice));
        }
    }
    let mut refresh = refresh();
    refresh.insert("email".into(), "jo@example.com".into());
    refused(&with_payload(text(&refresh)));
}

#[test]
fn a_payload_is_one_json_object() {
    for claims in [access(), refresh()] {
        let good = text(&claims);
        let values: Vec<_> = claims.values().collect();
        for payload in [
            String::new(),
            format!("{good}{good}"),
            format!("{good}x"),
            format!("{good}\0"),
            format!("\u{feff}{good}"),
            format!("[{good}]"),
            serde_json::to_string(&values).unwrap(),
            json!(good).to_string(),
            good[..good.len() - 1].to_owned(),
            format!("{},}}", &good[..good.len() - 1]),
            "null".into(),
        ] {
            refused(&with_payload(payload));
        }
        refused(&with_payload([good.as_bytes(), &[0xff]].concat()));
        refused(&with_payload(good.replace("irontrack-api", "\u{fffd}").into_bytes()));
    }
}

proptest! {
    #[test]
    fn no_signed_payload_makes_it_panic(payload in prop::collection::vec(any::<u8>(), 0..120)) {
        refused(&with_payload(payload));
    }
}
