//! What an answer must be like.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::cookies::CookieExpectation;
use super::matchers::{Expected, short};
use super::model::present;
use super::variables::{VariableError, Variables};
use crate::http::Response;

/// The expected answer; only what is named counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    /// The status code.
    pub status: ExpectedStatus,
    /// Member `detail` of the body.
    #[serde(default, deserialize_with = "present")]
    pub detail: Option<Expected>,
    /// The whole body as text.
    #[serde(default, deserialize_with = "present")]
    pub text: Option<Expected>,
    /// Entries of member `details` of the body.
    pub errors: Option<Vec<ErrorEntry>>,
    /// There are no other entries and their order is the same.
    #[serde(default)]
    pub errors_exactly: bool,
    /// Parts of the body by JSON pointer.
    #[serde(default)]
    pub json: BTreeMap<String, Expected>,
    /// Headers by name.
    #[serde(default)]
    pub headers: BTreeMap<String, Expected>,
    /// Cookies.
    pub cookies: Option<CookieExpectation>,
}

/// One status code or several to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ExpectedStatus {
    /// This one.
    One(u16),
    /// One of these.
    OneOf(Vec<u16>),
}

impl ExpectedStatus {
    /// Whether `status` is as expected.
    #[must_use]
    pub fn accepts(&self, status: u16) -> bool {
        match self {
            Self::One(expected) => status == *expected,
            Self::OneOf(expected) => expected.contains(&status),
        }
    }
}

/// An entry of a validation error; only the named members count.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorEntry {
    /// Its kind.
    #[serde(default, rename = "type", deserialize_with = "present")]
    pub kind: Option<Expected>,
    /// Its field.
    #[serde(default, deserialize_with = "present")]
    pub field: Option<Expected>,
    /// Its text.
    #[serde(default, deserialize_with = "present")]
    pub message: Option<Expected>,
    /// Where it is.
    #[serde(default, deserialize_with = "present")]
    pub path: Option<Expected>,
}

impl Expectation {
    /// The same with its variables replaced.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        let map = |expected: &BTreeMap<String, Expected>| -> Result<BTreeMap<_, _>, VariableError> {
            expected.iter().map(|(key, value)| Ok((variables.text(key)?, value.resolve(variables)?))).collect()
        };
        let entries = |entries: &Vec<ErrorEntry>| entries.iter().map(|entry| entry.resolve(variables)).collect();
        Ok(Self {
            status: self.status.clone(),
            detail: resolve(self.detail.as_ref(), variables)?,
            text: resolve(self.text.as_ref(), variables)?,
            errors: self.errors.as_ref().map(entries).transpose()?,
            errors_exactly: self.errors_exactly,
            json: map(&self.json)?,
            headers: map(&self.headers)?,
            cookies: self.cookies.as_ref().map(|cookies| cookies.resolve(variables)).transpose()?,
        })
    }

    /// What about the answer is not as expected; nothing if all is well.
    #[must_use]
    pub fn check(&self, response: &Response) -> Vec<String> {
        let mut problems = Vec::new();
        if !self.status.accepts(response.status) {
            problems.push(format!("status: expected {:?}, came {}", self.status, response.status));
        }
        if let Some(text) = &self.text {
            problems.extend(text.check("body", &Value::String(response.text())));
        }
        if self.detail.is_some() || self.errors.is_some() || !self.json.is_empty() {
            match response.json() {
                Ok(body) => self.check_body(&body, &mut problems),
                Err(error) => problems.push(format!("body: expected JSON, which it is not ({error})")),
            }
        }
        for (name, expected) in &self.headers {
            problems.extend(expected.check_header(name, &response.headers_named(name).collect::<Vec<_>>()));
        }
        if let Some(cookies) = &self.cookies {
            problems.extend(cookies.check(&response.set_cookies()));
        }
        problems
    }

    fn check_body(&self, body: &Value, problems: &mut Vec<String>) {
        let detail = self.detail.iter().map(|expected| ("/detail", expected));
        for (pointer, expected) in
            detail.chain(self.json.iter().map(|(pointer, expected)| (pointer.as_str(), expected)))
        {
            match body.pointer(pointer) {
                Some(actual) => {
                    problems.extend(expected.check(if pointer.is_empty() { "body" } else { pointer }, actual));
                }
                None => problems.push(format!("{pointer}: absent")),
            }
        }
        let Some(errors) = &self.errors else { return };
        let Some(actual) = body.get("details").and_then(Value::as_array) else {
            problems.push("/details: expected an array".to_owned());
            return;
        };
        for entry in errors.iter().filter(|entry| !actual.iter().any(|actual| entry.matches(actual))) {
            problems.push(format!("/details: no entry {entry:?} in {}", short(&Value::Array(actual.clone()))));
        }
        let in_order =
            errors.len() == actual.len() && errors.iter().zip(actual).all(|(entry, actual)| entry.matches(actual));
        if self.errors_exactly && !in_order {
            let came = short(&Value::Array(actual.clone()));
            problems.push(format!(
                "/details: expected exactly {} entries in this order: {errors:?}, came {came}",
                errors.len()
            ));
        }
    }
}

impl ErrorEntry {
    fn members(&self) -> [(&'static str, &Option<Expected>); 4] {
        [("type", &self.kind), ("field", &self.field), ("message", &self.message), ("path", &self.path)]
    }

    fn resolve(&self, variables: &Variables<'_>) -> Result<Self, VariableError> {
        Ok(Self {
            kind: resolve(self.kind.as_ref(), variables)?,
            field: resolve(self.field.as_ref(), variables)?,
            message: resolve(self.message.as_ref(), variables)?,
            path: resolve(self.path.as_ref(), variables)?,
        })
    }

    fn matches(&self, actual: &Value) -> bool {
        self.members().into_iter().all(|(name, expected)| {
            let holds =
                |expected: &Expected| actual.get(name).is_some_and(|value| expected.check(name, value).is_empty());
            expected.as_ref().is_none_or(holds)
        })
    }
}

fn resolve(expected: Option<&Expected>, variables: &Variables<'_>) -> Result<Option<Expected>, VariableError> {
    expected.map(|expected| expected.resolve(variables)).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Expectation;
    use crate::http::Response;

    fn problems(expectation: Value, status: u16, body: &str) -> Vec<String> {
        let headers =
            vec![("content-type".to_owned(), "text/plain".to_owned()), ("set-cookie".to_owned(), "a=b".to_owned())];
        let response = Response { status, headers, body: body.as_bytes().to_vec() };
        serde_json::from_value::<Expectation>(expectation).unwrap().check(&response)
    }

    #[test]
    fn status_text_headers_and_cookies() {
        for (good, bad) in [
            (json!({"status": 200}), json!({"status": 201})),
            (json!({"status": [307, 200]}), json!({"status": [307, 308]})),
            (json!({"status": 200, "text": "OK"}), json!({"status": 200, "text": ""})),
            (json!({"status": 200, "text": {"matches": "^O"}}), json!({"status": 200, "text": {"matches": "^K"}})),
            (
                json!({"status": 200, "headers": {"Content-Type": "text/plain"}}),
                json!({"status": 200, "headers": {"content-type": null}}),
            ),
            (
                json!({"status": 200, "headers": {"location": null}}),
                json!({"status": 200, "headers": {"location": "/"}}),
            ),
            (
                json!({"status": 200, "cookies": {"set": [{"name": "a"}]}}),
                json!({"status": 200, "cookies": {"none": true}}),
            ),
        ] {
            assert_eq!(problems(good, 200, "OK"), Vec::<String>::new());
            assert_eq!(problems(bad.clone(), 200, "OK").len(), 1, "{bad}");
        }
    }

    #[test]
    fn parts_of_the_body() {
        let body = r#"{"detail":"No","a":{"b":[1,null]}}"#;
        let expect = |json: Value| problems(json!({"status": 404, "json": json}), 404, body).len();
        assert_eq!(problems(json!({"status": 404, "detail": "No"}), 404, body).len(), 0);
        assert_eq!(problems(json!({"status": 404, "detail": "Yes"}), 404, body).len(), 1);
        assert_eq!(expect(json!({"/a/b/0": 1, "/a/b/1": null, "": {"keys": ["detail", "a"]}})), 0);
        assert_eq!(expect(json!({"/a/b/0": 2, "/a/c": null, "": {"keys": ["a", "detail"]}})), 3);
        assert_eq!(problems(json!({"status": 404, "detail": "No"}), 404, "").len(), 1, "no JSON");
    }

    #[test]
    fn errors_are_contained_or_exact() {
        let body = json!({"details": [{"type": "missing", "field": "name", "message": "m", "path": "/name"},
            {"type": "enum", "field": "tags", "message": "n", "path": "/tags/0"}]})
        .to_string();
        let count = |errors: Value, exactly: bool| {
            problems(json!({"status": 422, "errors": errors, "errorsExactly": exactly}), 422, &body).len()
        };
        assert_eq!(count(json!([{"type": "enum"}, {"field": "name", "message": {"matches": "^m$"}}]), false), 0);
        assert_eq!(count(json!([{"type": "enum", "field": "name"}]), false), 1, "members of different entries");
        assert_eq!(count(json!([{"path": "/x"}, {"field": null}]), false), 2);
        assert_eq!(count(json!([{"type": "missing"}, {"path": "/tags/0"}]), true), 0);
        assert_eq!(count(json!([{"type": "enum"}, {"type": "missing"}]), true), 1, "another order");
        assert_eq!(count(json!([{"type": "missing"}]), true), 1, "one too many came");
        assert_eq!(problems(json!({"status": 422, "errors": []}), 422, "{}").len(), 1, "no entries at all");
    }
}
