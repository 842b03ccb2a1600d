//! Fields of a JSON object.

use serde_json::{Map, Value};

use super::{
    field::Field,
    violations::{Location, Read, Violations},
};

/// The fields of a JSON object in the body. Each can be named in camel case or in snake case; where both stand, camel
/// case counts and the other one is unknown.
pub(crate) struct Object<'a> {
    fields: &'a Map<String, Value>,
    known: Vec<&'static str>,
    /// Where the object stands in the body, as a JSON pointer.
    at: String,
}

impl<'a> Object<'a> {
    pub(crate) fn new(fields: &'a Map<String, Value>) -> Self {
        Self::within(String::new(), fields)
    }

    /// The fields of an object that stands there in the body.
    pub(super) fn within(at: String, fields: &'a Map<String, Value>) -> Self {
        Self { fields, known: Vec::new(), at }
    }

    /// Where the object stands in the body, as a JSON pointer.
    pub(crate) fn pointer(&self) -> &str {
        &self.at
    }

    /// A field, which may be absent.
    pub(crate) fn field(&mut self, camel: &'static str, snake: &'static str) -> Field<'a> {
        let (name, value) = match (self.fields.get(camel), self.fields.get(snake)) {
            (Some(value), _) => (camel, Some(value)),
            (None, Some(value)) => (snake, Some(value)),
            (None, None) => (camel, None),
        };
        self.known.push(name);
        Field::new(value, Location { field: name.to_owned(), path: self.pointer_to(name) })
    }

    /// A JSON pointer to a member (RFC 6901).
    fn pointer_to(&self, name: &str) -> String {
        format!("{}/{}", self.at, name.replace('~', "~0").replace('/', "~1"))
    }

    /// Records every field that was not asked for.
    pub(crate) fn refuse_others(self, violations: &mut Violations) {
        for key in self.fields.keys().filter(|key| !self.known.contains(&key.as_str())) {
            if violations.is_full() {
                return;
            }
            let at = Location { field: key.clone(), path: self.pointer_to(key) };
            let _recorded: Read<()> = violations.record(&at, "extra_forbidden", "Extra inputs are not permitted");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_have_two_spellings_and_others_are_refused_last() {
        let value = json!({"new_password": 1, "a/b~c": 1, "newPassword": "x", "currentPassword": null});
        let mut violations = Violations::default();
        let mut object = Object::new(value.as_object().unwrap());
        assert_eq!(object.field("newPassword", "new_password").text(Ok, &mut violations).ok(), Some("x"));
        assert!(object.field("currentPassword", "current_password").text(Ok, &mut violations).is_err());
        assert!(object.field("name", "name").text(Ok, &mut violations).is_err());
        object.refuse_others(&mut violations);
        let seen: Vec<_> = violations.into_details().into_iter().map(|e| (e.kind, e.field, e.path)).collect();
        let expected = [
            ("string_type", "currentPassword", "/currentPassword"),
            ("missing", "name", "/name"),
            ("extra_forbidden", "new_password", "/new_password"),
            ("extra_forbidden", "a/b~c", "/a~1b~0c"),
        ];
        assert_eq!(seen, expected.map(|(k, f, p)| (k, f.to_owned(), p.to_owned())));
    }
}
