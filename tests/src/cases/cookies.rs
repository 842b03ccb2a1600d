//! What the `Set-Cookie` headers of an answer must be like.

use serde::Deserialize;
use serde_json::Value;

use super::matchers::Expected;
use super::variables::{VariableError, Variables};
use crate::http::SetCookie;

/// The cookies of an answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawExpectation")]
pub enum CookieExpectation {
    /// No `Set-Cookie` at all.
    None,
    /// Exactly these, in this order.
    Set(Vec<ExpectedCookie>),
    /// Exactly these in this order, each emptied and expired.
    Deleted(Vec<ExpectedCookie>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpectation {
    #[serde(default)]
    none: bool,
    set: Option<Vec<ExpectedCookie>>,
    deleted: Option<Vec<ExpectedCookie>>,
}

impl TryFrom<RawExpectation> for CookieExpectation {
    type Error = &'static str;

    fn try_from(raw: RawExpectation) -> Result<Self, Self::Error> {
        match (raw.none, raw.set, raw.deleted) {
            (true, None, None) => Ok(Self::None),
            (false, Some(cookies), None) => Ok(Self::Set(cookies)),
            (false, None, Some(cookies)) => Ok(Self::Deleted(cookies)),
            _ => Err("cookies have one of none: true, set, deleted"),
        }
    }
}

/// One cookie; only what is named counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedCookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Option<Expected>,
    /// Whether `HttpOnly` is there.
    pub http_only: Option<bool>,
    /// Whether `Secure` is there.
    pub secure: Option<bool>,
    /// `Max-Age` in seconds.
    pub max_age: Option<i64>,
    /// `Path`.
    pub path: Option<String>,
    /// `SameSite`, in any case.
    pub same_site: Option<String>,
    /// Attributes that must be absent.
    #[serde(default)]
    pub without: Vec<String>,
}

impl CookieExpectation {
    /// The same with its variables replaced.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        let all = |cookies: &[ExpectedCookie]| -> Result<Vec<_>, _> {
            cookies.iter().map(|cookie| cookie.resolve(variables)).collect()
        };
        Ok(match self {
            Self::None => Self::None,
            Self::Set(cookies) => Self::Set(all(cookies)?),
            Self::Deleted(cookies) => Self::Deleted(all(cookies)?),
        })
    }

    /// What about the cookies is not as expected.
    #[must_use]
    pub fn check(&self, actual: &[SetCookie]) -> Vec<String> {
        let (expected, deleted) = match self {
            Self::None => (&[][..], false),
            Self::Set(cookies) => (cookies.as_slice(), false),
            Self::Deleted(cookies) => (cookies.as_slice(), true),
        };
        let wanted: Vec<_> = expected.iter().map(|cookie| cookie.name.as_str()).collect();
        let came: Vec<_> = actual.iter().map(|cookie| cookie.name.as_str()).collect();
        if wanted != came {
            return vec![format!("cookies: expected exactly {wanted:?}, came {came:?}")];
        }
        let mut problems = Vec::new();
        for (expected, actual) in expected.iter().zip(actual) {
            expected.check(actual, &mut problems);
            if deleted && (actual.attribute("max-age") != Some("0") || !matches!(actual.value.as_str(), "" | "\"\"")) {
                problems.push(format!("cookie {}: expected its deletion, came {actual:?}", expected.name));
            }
        }
        problems
    }
}

impl ExpectedCookie {
    fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        let text = |text: &String| variables.text(text);
        Ok(Self {
            name: variables.text(&self.name)?,
            value: self.value.as_ref().map(|value| value.resolve(variables)).transpose()?,
            path: self.path.as_ref().map(text).transpose()?,
            same_site: self.same_site.as_ref().map(text).transpose()?,
            without: self.without.iter().map(text).collect::<Result<_, _>>()?,
            ..*self
        })
    }

    fn check(&self, actual: &SetCookie, problems: &mut Vec<String>) {
        let place = format!("cookie {}", self.name);
        if let Some(value) = &self.value {
            problems.extend(value.check(&place, &Value::String(actual.value.clone())));
        }
        for (name, expected) in [("HttpOnly", self.http_only), ("Secure", self.secure)] {
            if expected.is_some_and(|expected| expected != actual.attribute(name).is_some()) {
                problems.push(format!("{place}: expected {name} {expected:?}, came {:?}", actual.attributes));
            }
        }
        let max_age = self.max_age.map(|seconds| seconds.to_string());
        for (name, expected) in [("Max-Age", &max_age), ("Path", &self.path), ("SameSite", &self.same_site)] {
            let came = actual.attribute(name);
            let same = |expected: &str| match name {
                "SameSite" => came.is_some_and(|came| came.eq_ignore_ascii_case(expected)),
                _ => came == Some(expected),
            };
            if expected.as_deref().is_some_and(|expected| !same(expected)) {
                problems.push(format!("{place}: expected {name} {expected:?}, came {came:?}"));
            }
        }
        for name in self.without.iter().filter(|name| actual.attribute(name).is_some()) {
            problems.push(format!("{place}: expected no {name}, came {:?}", actual.attributes));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::CookieExpectation;
    use crate::http::SetCookie;

    const ACCESS: &str = "access_token=a.b.c; HttpOnly; Max-Age=1800; Path=/; SameSite=Lax";
    const DELETED: &str = "access_token=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=lax";

    fn holds(expectation: Value, headers: &[&str]) -> bool {
        let cookies: Vec<_> = headers.iter().map(|header| SetCookie::parse(header)).collect();
        serde_json::from_value::<CookieExpectation>(expectation).unwrap().check(&cookies).is_empty()
    }

    #[test]
    fn none_means_no_header() {
        assert!(holds(json!({"none": true}), &[]));
        assert!(!holds(json!({"none": true}), &[DELETED]));
    }

    #[test]
    fn the_list_is_complete_and_in_order() {
        let both = json!({"set": [{"name": "a"}, {"name": "b"}]});
        assert!(holds(both.clone(), &["a=1", "b=2"]));
        for wrong in [&["b=2", "a=1"][..], &["a=1"], &["a=1", "b=2", "c=3"], &[]] {
            assert!(!holds(both.clone(), wrong), "{wrong:?}");
        }
    }

    #[test]
    fn every_attribute_counts_when_named() {
        let with = |key: &str, value: Value| json!({"set": [{"name": "access_token", key: value}]});
        let good = [
            ("value", json!({"matches": "^[^.]+\\.b"})),
            ("value", json!("a.b.c")),
            ("httpOnly", json!(true)),
            ("secure", json!(false)),
            ("maxAge", json!(1800)),
            ("path", json!("/")),
            ("sameSite", json!("lax")),
            ("without", json!(["Domain", "Expires"])),
        ];
        for (key, value) in good {
            assert!(holds(with(key, value.clone()), &[ACCESS]), "{key} {value}");
        }
        let bad = [
            ("value", json!({"matches": "^b"})),
            ("value", json!("")),
            ("httpOnly", json!(false)),
            ("secure", json!(true)),
            ("maxAge", json!(60)),
            ("path", json!("/api")),
            ("sameSite", json!("strict")),
            ("without", json!(["max-age"])),
        ];
        for (key, value) in bad {
            assert!(!holds(with(key, value.clone()), &[ACCESS]), "{key} {value}");
        }
    }

    #[test]
    fn a_deletion_is_empty_and_expired() {
        let deleted = json!({"deleted": [{"name": "access_token", "path": "/"}]});
        assert!(holds(deleted.clone(), &[DELETED]));
        assert!(holds(deleted.clone(), &["access_token=; Max-Age=0; Path=/"]));
        for wrong in [ACCESS, "access_token=; Path=/", "access_token=x; Max-Age=0; Path=/", "access_token=; Max-Age=0"]
        {
            assert!(!holds(deleted.clone(), &[wrong]), "{wrong}");
        }
    }

    #[test]
    fn exactly_one_kind_is_asked_for() {
        for broken in [
            json!({}),
            json!({"none": false}),
            json!({"none": true, "set": []}),
            json!({"st": []}),
            json!({"set": [{"name": "a", "maxage": 1}]}),
        ] {
            assert!(serde_json::from_value::<CookieExpectation>(broken.clone()).is_err(), "{broken}");
        }
    }
}
