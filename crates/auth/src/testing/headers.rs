//! Tokens that name another algorithm or key, or say the same in another way.

use ring::hmac;
use ring::signature::KeyPair;
use serde_json::json;

use super::{Forger, Forgery, encode, signed_by_stranger, stranger, text};

/// What stands before a public key of Ed25519 in DER.
const DER: &str = "MCowBQYDK2VwAyEA";

impl Forger {
    /// Each header with each way to sign, over both genuine payloads.
    pub(super) fn with_other_headers(&self) -> Vec<Forgery> {
        let mut all = Vec::new();
        let headers = [self.algorithms(), self.key_identifiers(), self.spellings(), keys_of_strangers()].concat();
        for (kind, claims) in [("access", self.access_claims()), ("refresh", self.refresh_claims())] {
            let payload = encode(text(&claims));
            for header in &headers {
                let message = format!("{}.{payload}", encode(header));
                let shown: String = header.chars().take(120).collect();
                let mut forge = |how: &str, token| all.push(Forgery::new(format!("{kind}, {how}: {shown}"), token));
                forge("signed by us", self.signed(&message));
                forge("signed by a stranger", signed_by_stranger(&message));
                forge("with an empty signature", format!("{message}."));
                forge("without signature", message.clone());
            }
            let message = format!("{}.{payload}", self.header());
            all.push(Forgery::new(format!("{kind}, signed by a stranger"), signed_by_stranger(&message)));
            all.push(Forgery::new(format!("{kind}, not signed"), format!("{message}.")));
            all.extend(self.shared_secrets(kind, &payload));
        }
        all
    }

    fn id(&self) -> String {
        self.keys.key_ids().next().unwrap_or_default().to_owned()
    }

    fn algorithms(&self) -> Vec<String> {
        let id = self.id();
        let named = [
            "none",
            "None",
            "NONE",
            "nOnE",
            "",
            "EdDSA",
            "ed25519",
            "ED25519",
            "Ed448",
            "HS256",
            "HS512",
            "RS256",
            "ES256",
            "Ed25519 ",
            "Ed25519\\u0000",
        ];
        let mut all: Vec<_> = named.map(|alg| format!(r#"{{"typ":"JWT","alg":"{alg}","kid":"{id}"}}"#)).to_vec();
        let odd = ["null", "true", "0", "[]", r#"["Ed25519"]"#, r#"{"alg":"Ed25519"}"#];
        all.extend(odd.map(|alg| format!(r#"{{"typ":"JWT","alg":{alg},"kid":"{id}"}}"#)));
        all.push(r#"{"typ":"JWT","alg":"none"}"#.to_owned());
        all.push(format!(r#"{{"typ":"JWT","kid":"{id}"}}"#));
        all
    }

    fn key_identifiers(&self) -> Vec<String> {
        let id = self.id();
        let another = self.keys.key_ids().nth(1).map_or_else(|| "A".repeat(43), str::to_owned);
        let (upper, long, start) = (id.to_uppercase(), "k".repeat(2500), &id[..42]);
        let texts = [
            another.as_str(),
            upper.as_str(),
            long.as_str(),
            start,
            "",
            "0",
            "../../../../dev/null",
            "/proc/self/environ",
            "file:///etc/passwd",
            "https://evil.example.com/jwks.json",
            "' OR '1'='1",
            "x' UNION SELECT 'AAAA' --",
            "$(id)",
            "\\u0000",
        ];
        let mut all: Vec<_> = texts.map(|kid| format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{kid}"}}"#)).to_vec();
        let list = format!(r#"["{id}"]"#);
        let object = format!(r#"{{"kid":"{id}"}}"#);
        let odd = [list.as_str(), object.as_str(), "null", "0", "-1", "1e400", "true", "[]", "{}"];
        all.extend(odd.map(|kid| format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":{kid}}}"#)));
        all.push(r#"{"typ":"JWT","alg":"Ed25519"}"#.to_owned());
        all.push(format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}","kid":"{another}"}}"#));
        all.push(format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{another}","kid":"{id}"}}"#));
        all
    }

    /// Headers that mean the same as ours, or more.
    fn spellings(&self) -> Vec<String> {
        let id = self.id();
        let genuine = format!(r#"{{"typ":"JWT","alg":"Ed25519","kid":"{id}"}}"#);
        let with = |more: &str| format!("{},{more}}}", &genuine[..genuine.len() - 1]);
        vec![
            format!(r#"{{"alg":"Ed25519","typ":"JWT","kid":"{id}"}}"#),
            format!(r#"{{"typ":"JWT", "alg":"Ed25519","kid":"{id}"}}"#),
            format!(r#"{{"typ":"jwt","alg":"Ed25519","kid":"{id}"}}"#),
            format!(r#"{{"typ":"at+jwt","alg":"Ed25519","kid":"{id}"}}"#),
            format!(r#"{{"alg":"Ed25519","kid":"{id}"}}"#),
            format!(r#"{{"typ":"JWT","alg":"\u0045d25519","kid":"{id}"}}"#),
            format!(r#"{{"typ":"JWT","alg":"Ed25519","alg":"none","kid":"{id}"}}"#),
            format!(r#"{{"typ":"JWT","alg":"none","alg":"Ed25519","kid":"{id}"}}"#),
            with(r#""jwk":{}"#),
            with(r#""crit":["b64"],"b64":false"#),
            with(r#""zip":"DEF""#),
            with(r#""cty":"JWT""#),
            with(r#""enc":"A128GCM""#),
            format!("{genuine}{genuine}"),
            format!(" {genuine}"),
            format!("{genuine}\n"),
            format!("\u{feff}{genuine}"),
            format!("[{genuine}]"),
            json!(genuine).to_string(),
            "null".to_owned(),
            String::new(),
        ]
    }

    /// The public key, which everybody may know, as the secret of a symmetric algorithm.
    fn shared_secrets(&self, kind: &str, payload: &str) -> Vec<Forgery> {
        let (public, x) = &self.public;
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{DER}{}\n-----END PUBLIC KEY-----\n", standard(public));
        let id = self.id();
        let secrets: [&[u8]; 6] = [public, x.as_bytes(), jwk.as_bytes(), pem.as_bytes(), pem.trim().as_bytes(), &[]];
        let headers = [
            encode(r#"{"typ":"JWT","alg":"HS256"}"#),
            encode(r#"{"alg":"HS256","typ":"JWT"}"#),
            encode(format!(r#"{{"typ":"JWT","alg":"HS256","kid":"{id}"}}"#)),
            self.header().to_owned(),
        ];
        let mut all = Vec::new();
        for (number, secret) in secrets.into_iter().enumerate() {
            for header in &headers {
                let message = format!("{header}.{payload}");
                for (bits, algorithm) in [(256, hmac::HMAC_SHA256), (512, hmac::HMAC_SHA512)] {
                    let tag = hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes());
                    let what = format!("{kind}, HS{bits} with secret {number}");
                    all.push(Forgery::new(what, format!("{message}.{}", encode(tag))));
                }
            }
        }
        all
    }
}

fn standard(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}

/// Headers that bring the key along, or say where it is.
fn keys_of_strangers() -> Vec<String> {
    let x = encode(stranger().public_key());
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    let symmetric = format!(r#"{{"kty":"oct","k":"{x}"}}"#);
    let address = "https://evil.example.com/keys";
    let with = |more: String| format!(r#"{{"typ":"JWT","alg":"Ed25519",{more}}}"#);
    vec![
        with(format!(r#""jwk":{jwk}"#)),
        with(format!(r#""jwk":{jwk},"kid":"{x}""#)),
        with(format!(r#""jwk":{symmetric}"#)),
        with(format!(r#""jku":"{address}""#)),
        with(format!(r#""jku":"file:///dev/null","kid":"{x}""#)),
        with(format!(r#""x5u":"{address}""#)),
        with(format!(r#""x5c":["{DER}{x}"]"#)),
        with(format!(r#""x5t#S256":"{x}""#)),
        with(format!(r#""jwks":{{"keys":[{jwk}]}}"#)),
        format!(r#"{{"typ":"JWT","alg":"EdDSA","jwk":{jwk}}}"#),
    ]
}
