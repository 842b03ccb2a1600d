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
    /// The names in camel case that were asked for, and the spellings that were used.
    known: Vec<(&'static str, &'static str)>,
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
        self.known.push((camel, name));
        Field::new(value, Location { field: name.to_owned(), path: self.pointer_to(name) })
    }

    /// Where a field stands that was asked for: what leads to its name in camel case, in the spelling that was used.
    pub(crate) fn as_sent(&self, pointer: &str) -> Location {
        let name = pointer.strip_prefix(&self.at).and_then(|field| field.strip_prefix('/')).unwrap_or_default();
        match self.known.iter().find(|(camel, _)| *camel == name) {
            Some((_, used)) => Location { field: (*used).to_owned(), path: self.pointer_to(used) },
            None => Location::of_pointer(pointer),
        }
    }

    /// A JSON pointer to a member (RFC 6901).
    fn pointer_to(&self, name: &str) -> String {
        format!("{}/{}", self.at, name.replace('~', "~0").replace('/', "~1"))
    }

    fn is_known(&self, key: &str) -> bool {
        self.known.iter().any(|(_, used)| *used == key)
    }

    /// Records every field that was not asked for.
    pub(crate) fn refuse_others(self, violations: &mut Violations) {
        for key in self.fields.keys().filter(|key| !self.is_known(key)) {
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
    #[test]
    fn fields_are_found_again_in_the_spelling_that_was_used() {
        let value = json!({"reps_min": 1, "repsMax": 2, "reps_max": 3});
        let mut object = Object::within("/exercises/3".to_owned(), value.as_object().unwrap());
        for (camel, snake) in [("repsMin", "reps_min"), ("repsMax", "reps_max"), ("restSeconds", "rest_seconds")] {
            object.field(camel, snake);
        }
        for (name, sent) in [("repsMin", "reps_min"), ("repsMax", "repsMax"), ("restSeconds", "restSeconds")] {
            let at = object.as_sent(&format!("/exercises/3/{name}"));
            assert_eq!((at.field, at.path), (sent.to_owned(), format!("/exercises/3/{sent}")));
        }
    }
}
