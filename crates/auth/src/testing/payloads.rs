//! Tokens that our own key has signed, with claims that we do not issue.

use serde_json::{Map, Value, json};

use super::{Forger, Forgery, text};

/// The name of each claim whose value is one of many, and of each with only one.
const IDENTIFIERS: [&str; 3] = ["sub", "sid", "jti"];

impl Forger {
    pub(super) fn with_other_payloads(&self) -> Vec<Forgery> {
        let mut all = vec![
            self.forge("access called refresh", &with(self.access_claims(), "typ", json!("refresh"))),
            self.forge("refresh called access", &with(self.refresh_claims(), "typ", json!("access"))),
            self.forge("refresh with an address", &with(self.refresh_claims(), "email", json!("jo@example.com"))),
            self.forge(
                "refresh called access, with an address",
                &with(with(self.refresh_claims(), "email", json!("jo")), "typ", json!("Access")),
            ),
        ];
        for (kind, claims) in [("access", self.access_claims()), ("refresh", self.refresh_claims())] {
            let forge =
                |what: String, payload: String| Forgery::new(format!("{kind}: {what}"), self.with_payload(payload));
            all.extend(wrong_claims(&claims).into_iter().map(|(what, claims)| forge(what, text(&claims))));
            all.extend(no_objects(&claims).into_iter().map(|(what, payload)| forge(what, payload)));
            all.push(forge("nothing".into(), String::new()));
            all.push(Forgery::new(
                format!("{kind}: not UTF-8"),
                self.with_payload([text(&claims).as_bytes(), &[0xff]].concat()),
            ));
        }
        all
    }

    fn forge(&self, what: &str, claims: &Map<String, Value>) -> Forgery {
        Forgery::new(what, self.sign(claims))
    }

    /// Tokens that are not good yet at `now`, in seconds since 1970, whatever comes later.
    #[must_use]
    pub fn premature(&self, now: i64) -> Vec<Forgery> {
        let mut all = Vec::new();
        for (kind, claims) in [("access", self.access_claims()), ("refresh", self.refresh_claims())] {
            // One's own clock may be a minute late.
            for ahead in [90, 3600, 1_000_000_000] {
                let claims = with(with(claims.clone(), "iat", json!(now + ahead)), "exp", json!(now + 2 * ahead));
                all.push(self.forge(&format!("{kind} from in {ahead} seconds"), &claims));
            }
        }
        all
    }

    /// Genuine tokens of each kind, access first, whose life ended so many seconds before `now`.
    #[must_use]
    pub fn expired(&self, now: i64, seconds: i64) -> [String; 2] {
        [self.access_claims(), self.refresh_claims()].map(|claims| {
            let claims = with(claims, "iat", json!(now - seconds - 1800));
            self.sign(&with(claims, "exp", json!(now - seconds)))
        })
    }
}

fn with(mut claims: Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    claims.insert(name.to_owned(), value);
    claims
}

/// One claim is missing, of another type, has another value, or is one too many.
fn wrong_claims(claims: &Map<String, Value>) -> Vec<(String, Map<String, Value>)> {
    let mut all = Vec::new();
    for name in claims.keys() {
        let mut without = claims.clone();
        without.remove(name);
        all.push((format!("without {name}"), without));
        let types = [json!(null), json!(true), json!(1.5), json!([]), json!({}), json!([claims[name]]), json!("")];
        // Any text is an address, as far as tokens go.
        let wrong = types.into_iter().filter(|value| !(name == "email" && value.is_string()));
        all.extend(wrong.map(|value| (format!("{name} is {value}"), with(claims.clone(), name, value))));
    }
    let (iat, exp) = (claims["iat"].as_i64().unwrap_or_default(), claims["exp"].as_i64().unwrap_or_default());
    let mut values = vec![
        ("iss", json!("Irontrack")),
        ("iss", json!("irontrack ")),
        ("iss", json!("https://irontrack")),
        ("aud", json!("irontrack")),
        ("aud", json!(["irontrack-api"])),
        ("aud", json!(["irontrack-api", "other"])),
        ("typ", json!("Access")),
        ("typ", json!("id")),
        ("typ", json!({"access": null})),
        ("iat", json!(iat.to_string())),
        ("iat", json!(1e9)),
        ("iat", json!(i64::MAX)),
        ("iat", json!(u64::MAX)),
        ("exp", json!(exp.to_string())),
        ("exp", json!(u64::MAX)),
        ("exp", json!(iat)),
        ("exp", json!(iat - 1)),
        ("exp", json!(0)),
        ("exp", json!(i64::MIN)),
        ("nbf", json!(0)),
        ("nbf", json!(i64::MAX)),
        ("admin", json!(true)),
        ("role", json!("superuser")),
        ("scope", json!("*")),
        ("", json!(null)),
        ("Sub", claims["sub"].clone()),
        ("user_id", claims["sub"].clone()),
    ];
    for name in IDENTIFIERS {
        let id = claims[name].as_str().unwrap_or_default();
        let spellings = [
            id.to_uppercase(),
            id.replace('-', ""),
            format!("{{{id}}}"),
            format!("urn:uuid:{id}"),
            format!(" {id}"),
            format!("{id}\0"),
            format!("{id}' OR '1'='1"),
            id[1..].to_owned(),
            "*".to_owned(),
        ];
        // A text without letters has no capital ones.
        values.extend(spellings.into_iter().filter(|spelling| spelling != id).map(|spelling| (name, json!(spelling))));
    }
    all.extend(
        values.into_iter().map(|(name, value)| (format!("{name} is {value}"), with(claims.clone(), name, value))),
    );
    all
}

/// Payloads that are not one JSON object with each claim once.
fn no_objects(claims: &Map<String, Value>) -> Vec<(String, String)> {
    let good = text(claims);
    let values: Vec<&Value> = claims.values().collect();
    let mut all: Vec<_> = claims
        .keys()
        .flat_map(|name| {
            let open = &good[..good.len() - 1];
            let twice = format!("{open},{}:{}}}", json!(name), claims[name]);
            let other = format!("{open},{}:null}}", json!(name));
            [(format!("{name} twice"), twice), (format!("{name} and null"), other)]
        })
        .collect();
    for (what, payload) in [
        ("two objects", format!("{good}{good}")),
        ("something behind", format!("{good}x")),
        ("NUL behind", format!("{good}\0")),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("a list", format!("[{good}]")),
        ("the values in a list", serde_json::to_string(&values).unwrap_or_default()),
        ("a text", json!(good).to_string()),
        ("cut off", good[..good.len() - 1].to_owned()),
        ("a comma too many", format!("{},}}", &good[..good.len() - 1])),
        ("a comment", format!("{good}/**/")),
        ("null", "null".to_owned()),
        ("an empty object", "{}".to_owned()),
        ("deep", "[".repeat(2000)),
        ("a replaced character", good.replace("irontrack-api", "\u{fffd}")),
    ] {
        all.push((what.to_owned(), payload));
    }
    all
}
