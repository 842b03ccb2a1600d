//! Key rings from text, good and bad.

use proptest::prelude::*;

use super::*;

/// RFC 8037, appendix A.1 and A.3.
const RFC_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const RFC_D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const RFC_THUMBPRINT: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

fn jwk(x: &str, d: &str) -> String {
    format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{d}"}}"#)
}

fn set(keys: &[&str]) -> String {
    format!(r#"{{"keys":[{}]}}"#, keys.join(","))
}

fn ids(text: &str) -> Vec<String> {
    let ring = KeyRing::from_jwk_text(text).unwrap_or_else(|e| panic!("{e}"));
    ring.key_ids().map(str::to_owned).collect()
}

fn error(text: &str) -> KeyError {
    let error = KeyRing::from_jwk_text(text).expect_err("the text must be refused");
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains(RFC_D) && !shown.contains(RFC_X), "key material in {shown}");
    }
    error
}

fn problem(text: &str) -> KeyProblem {
    match error(text) {
        KeyError::Unusable { problem, .. } => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_is_known_by_its_thumbprint() {
    assert_eq!(ids(&jwk(RFC_X, RFC_D)), [RFC_THUMBPRINT]);
}

#[test]
fn other_members_are_ignored_even_a_foreign_kid() {
    let text = format!(
        r#" {{"kid":"mine","use":"sig","alg":"EdDSA","ext":true,"key_ops":["sign"],"kty":"OKP","crv":"Ed25519","x":"{RFC_X}","d":"{RFC_D}"}}
        "#
    );
    assert_eq!(ids(&text), [RFC_THUMBPRINT]);
}

#[test]
fn a_set_keeps_its_order() {
    let (one, two) = (generate_jwk().unwrap(), generate_jwk().unwrap());
    let alone = |text: &str| ids(text).remove(0);
    assert_eq!(ids(&set(&[&one, &two])), [alone(&one), alone(&two)]);
    assert_eq!(ids(&set(&[&two, &one])), [alone(&two), alone(&one)]);
}

#[test]
fn a_new_key_is_one_line_and_can_be_read_back() {
    let text = generate_jwk().unwrap();
    assert!(!text.contains('\n'));
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(members.keys().collect::<Vec<_>>(), ["kty", "crv", "x", "d", "kid", "use", "alg"]);
    assert_eq!(members["use"], "sig");
    assert_eq!(members["alg"], "Ed25519");
    assert_eq!(ids(&text), [members["kid"].as_str().unwrap()]);
    assert_ne!(text, generate_jwk().unwrap());
}

#[test]
fn every_refusal_names_what_is_wrong() {
    assert_eq!(problem(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{RFC_X}"}}"#)), KeyProblem::Missing("d"));
    assert_eq!(problem(&format!(r#"{{"kty":"OKP","crv":"Ed25519","d":"{RFC_D}"}}"#)), KeyProblem::Missing("x"));
    assert_eq!(problem("{}"), KeyProblem::Missing("kty"));
    assert_eq!(problem(r#"{"kty":"OKP","d":null}"#), KeyProblem::Missing("crv"));
    let rsa = r#"{"kty":"RSA"}"#;
    assert_eq!(problem(rsa), KeyProblem::OtherKind { member: "kty", expected: "OKP" });
    let x25519 = format!(r#"{{"kty":"OKP","crv":"X25519","x":"{RFC_X}","d":"{RFC_D}"}}"#);
    assert_eq!(problem(&x25519), KeyProblem::OtherKind { member: "crv", expected: "Ed25519" });
    assert_eq!(problem(&jwk(RFC_X, RFC_X)), KeyProblem::Mismatch);
    for wrong in
        [format!("{RFC_D}="), RFC_D.replace('_', "/"), RFC_D[1..].to_owned(), format!("{RFC_D}AA"), String::new()]
    {
        assert_eq!(problem(&jwk(RFC_X, &wrong)), KeyProblem::Encoding("d"), "{wrong}");
        assert_eq!(problem(&jwk(&wrong, RFC_D)), KeyProblem::Encoding("x"), "{wrong}");
    }
    // The last character carries two bits that must be zero.
    assert_eq!(problem(&jwk(RFC_X, &RFC_D.replace("f2A", "f2B"))), KeyProblem::Encoding("d"));
    assert_eq!(error(r#"{"keys":[]}"#), KeyError::EmptySet);
}

#[test]
fn a_fault_in_a_set_names_the_key() {
    let good = jwk(RFC_X, RFC_D);
    let other = generate_jwk().unwrap();
    assert_eq!(error(&set(&[&good, &other, &good])), KeyError::Unusable { number: 3, problem: KeyProblem::Duplicate });
    let shown = error(&set(&[&good, "{}"])).to_string();
    assert_eq!(shown, r#"key number 2: the member "kty" is missing"#);
}

#[test]
fn text_that_is_no_key_is_refused_without_quoting_it() {
    let good = jwk(RFC_X, RFC_D);
    for text in ["", "not json", RFC_D, &good[1..], &format!("{good}{good}"), &format!("{good}x")] {
        assert!(matches!(error(text), KeyError::NotJson { .. }), "{text}");
    }
    let twice = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{RFC_X}","d":"{RFC_D}","d":"{RFC_D}"}}"#);
    let number = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{RFC_X}","d":1}}"#);
    for text in [&format!("{RFC_D:?}"), "1", "null", r#"{"keys":{}}"#, r#"{"keys":["secret"]}"#, &twice, &number] {
        assert!(matches!(error(text), KeyError::NotAKey { .. }), "{text}");
    }
}

#[test]
fn debug_shows_identifiers_only() {
    let shown = format!("{:?}", KeyRing::from_jwk_text(&jwk(RFC_X, RFC_D)).unwrap());
    assert!(shown.contains(RFC_THUMBPRINT));
    assert!(!shown.contains(RFC_D) && !shown.contains("pair"), "{shown}");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", at in any::<prop::sample::Index>(), with in any::<char>()) {
        let _ = KeyRing::from_jwk_text(&text);
        let mut good: Vec<char> = jwk(RFC_X, RFC_D).chars().collect();
        let index = at.index(good.len());
        good[index] = with;
        let _ = KeyRing::from_jwk_text(&good.into_iter().collect::<String>());
    }
}

#[test]
fn a_secret_belongs_to_the_signing_key_and_its_purpose() {
    let (one, other) = (generate_jwk().unwrap(), generate_jwk().unwrap());
    let ring = |text: &str| KeyRing::from_jwk_text(text).unwrap();
    let secret = ring(&one).secret_for("the cache");
    assert_eq!(ring(&one).secret_for("the cache"), secret, "all instances have the same");
    assert_eq!(ring(&format!("{{\"keys\": [{one}, {other}]}}")).secret_for("the cache"), secret);
    assert_ne!(ring(&one).secret_for("something else"), secret);
    assert_ne!(ring(&other).secret_for("the cache"), secret);
}
