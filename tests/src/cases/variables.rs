//! `${...}` in the texts of a case.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::world::World;

/// A text refers to a variable it cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VariableError {
    /// There is no such variable.
    #[error("unknown variable ${{{0}}}")]
    Unknown(String),
    /// The variable is known, but the world has no value for it.
    #[error("the world has no value for ${{{0}}}")]
    Unset(String),
    /// `${` without `}`.
    #[error("a variable without end in {0:?}")]
    Unterminated(String),
    /// A step may not bind this name.
    #[error("the name {0:?} cannot be bound")]
    Reserved(String),
}

/// The variables of one run of one case.
#[derive(Debug)]
pub struct Variables<'a> {
    world: &'a World,
    unique: String,
    uuid: Uuid,
    bound: BTreeMap<String, Value>,
}

enum Piece<'t> {
    Text(&'t str),
    Variable(&'t str),
}

impl<'a> Variables<'a> {
    /// Variables with a new `unique` and `uuid` and nothing bound.
    #[must_use]
    pub fn new(world: &'a World) -> Self {
        Self { world, unique: random_letters(), uuid: Uuid::new_v4(), bound: BTreeMap::new() }
    }

    /// Gives a variable its value.
    ///
    /// # Errors
    /// When the name belongs to a built-in variable.
    pub fn bind(&mut self, name: &str, value: Value) -> Result<(), VariableError> {
        if name.is_empty() || name == "unique" || name == "uuid" || name.contains(['.', ':', '}']) {
            return Err(VariableError::Reserved(name.to_owned()));
        }
        self.bound.insert(name.to_owned(), value);
        Ok(())
    }

    /// The text with its variables inserted as text.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn text(&self, text: &str) -> Result<String, VariableError> {
        self.insert(text, |value| value)
    }

    /// The regular expression with its variables inserted so that they match literally.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn pattern(&self, pattern: &str) -> Result<String, VariableError> {
        self.insert(pattern, |value| regex::escape(&value))
    }

    /// The JSON value with the variables in its strings replaced; a string that is one variable takes its type.
    ///
    /// # Errors
    /// When a variable is unknown or has no value.
    pub fn value(&self, value: &Value) -> Result<Value, VariableError> {
        Ok(match value {
            Value::String(text) => match pieces(text)?.as_slice() {
                [Piece::Variable(name)] => self.lookup(name)?,
                _ => Value::String(self.text(text)?),
            },
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?,
            Value::Object(members) => Value::Object(
                members.iter().map(|(key, item)| Ok((key.clone(), self.value(item)?))).collect::<Result<_, _>>()?,
            ),
            scalar => scalar.clone(),
        })
    }

    fn insert(&self, text: &str, quote: impl Fn(String) -> String) -> Result<String, VariableError> {
        let mut result = String::new();
        for piece in pieces(text)? {
            match piece {
                Piece::Text(text) => result.push_str(text),
                Piece::Variable(name) => result.push_str(&quote(match self.lookup(name)? {
                    Value::String(text) => text,
                    other => other.to_string(),
                })),
            }
        }
        Ok(result)
    }

    fn lookup(&self, name: &str) -> Result<Value, VariableError> {
        let unknown = || VariableError::Unknown(name.to_owned());
        if let Some(value) = self.bound.get(name) {
            return Ok(value.clone());
        }
        if let Some((text, times)) = name.strip_prefix("repeat:").and_then(|rest| rest.rsplit_once(':')) {
            let times = times.parse().map_err(|_| unknown())?;
            return if text.chars().count() == 1 { Ok(text.repeat(times).into()) } else { Err(unknown()) };
        }
        let found = match name.split('.').collect::<Vec<_>>()[..] {
            ["unique"] => Some(self.unique.clone()),
            ["uuid"] => Some(self.uuid.to_string()),
            ["token", token] => Some(self.world.tokens.get(token).ok_or_else(unknown)?.clone()),
            ["account", account, field] => {
                let account = self.world.accounts.get(account).ok_or_else(unknown)?;
                match field {
                    "id" => account.id.map(|id| id.to_string()),
                    "email" => Some(account.email.clone()),
                    "name" => account.name.clone(),
                    "password" => Some(account.password.clone()),
                    "access_token" => account.access_token.clone(),
                    "refresh_token" => account.refresh_token.clone(),
                    _ => return Err(unknown()),
                }
            }
            ["exercise", exercise, field] => {
                let exercise = self.world.exercises.get(exercise).ok_or_else(unknown)?;
                match field {
                    "id" => exercise.id.map(|id| id.to_string()),
                    "name" => Some(exercise.name.clone()),
                    "slug" => exercise.slug.clone(),
                    _ => return Err(unknown()),
                }
            }
            _ => return Err(unknown()),
        };
        found.map(Value::String).ok_or_else(|| VariableError::Unset(name.to_owned()))
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, VariableError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or_else(|| VariableError::Unterminated(text.to_owned()))?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Variable(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

/// Twelve lower-case letters, random but for the first one. Cases search for `a ${unique}` and want nothing but that
/// name: a typed word matches every word that it begins, so `${unique}` must not begin with a word that stands before it.
fn random_letters() -> String {
    // Version and variant of a UUID are not random: take its last 62 bits only, which is more than 26^11.
    let (_, mut bits) = Uuid::new_v4().as_u64_pair();
    bits &= u64::MAX >> 2;
    let letters = ('a'..='z').collect::<Vec<_>>();
    let random = (0..11).map(|_| {
        let letter = letters[usize::try_from(bits % 26).unwrap_or_default()];
        bits /= 26;
        letter
    });
    std::iter::once('q').chain(random).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{VariableError, Variables};
    use crate::cases::{Fixtures, World};

    fn world() -> World {
        let mut world = World::new("http://127.0.0.1:1", &Fixtures::load().unwrap());
        world.accounts.get_mut("user").unwrap().id = Some(uuid::Uuid::nil());
        world
    }

    #[test]
    fn unique_and_uuid_keep_their_value_within_a_run_only() {
        let world = world();
        let (one, other) = (Variables::new(&world), Variables::new(&world));
        for name in ["${unique}", "${uuid}"] {
            assert_eq!(one.text(name), one.text(name));
            assert_ne!(one.text(name), other.text(name));
        }
        let unique = one.text("${unique}").unwrap();
        assert!(unique.len() == 12 && unique.bytes().all(|byte| byte.is_ascii_lowercase()), "{unique}");
        assert!(unique.starts_with('q'), "{unique}");
        assert_eq!(one.text("${uuid}").unwrap().parse::<uuid::Uuid>().unwrap().get_version_num(), 4);
    }

    #[test]
    fn every_kind_is_known() {
        let world = world();
        let variables = Variables::new(&world);
        let text = |text| variables.text(text).unwrap();
        assert_eq!(text("a${repeat:ж:3}b${repeat:::2}"), "aжжжb::");
        assert_eq!(text("${account.user.id}"), "00000000-0000-0000-0000-000000000000");
        assert_eq!(text("<${account.user.email}>"), "<cases.user@example.com>");
        assert_eq!(
            text("${exercise.press.name}/${exercise.press.slug}"),
            "Cases Floor Press (1.5)/cases-floor-press-1-5"
        );
        assert!(text("${token.algNone}").starts_with("eyJ"));
        assert_eq!(text("$ {x} }"), "$ {x} }");
    }

    #[test]
    fn a_whole_string_keeps_the_type_and_longer_text_does_not() {
        let world = world();
        let mut variables = Variables::new(&world);
        variables.bind("id", json!(7)).unwrap();
        variables.bind("none", json!(null)).unwrap();
        let given = json!({"b": ["${id}", "x${id}", {"a": "${none}"}], "a": true});
        let value = variables.value(&given).unwrap();
        assert_eq!(value.to_string(), r#"{"b":[7,"x7",{"a":null}],"a":true}"#);
    }

    #[test]
    fn variables_are_quoted_in_patterns() {
        let world = world();
        let variables = Variables::new(&world);
        assert_eq!(variables.pattern("^${exercise.press.name}$").unwrap(), r"^Cases Floor Press \(1\.5\)$");
    }

    #[test]
    fn what_is_unknown_fails() {
        let world = world();
        let mut variables = Variables::new(&world);
        for name in
            ["id", "account.nobody.id", "account.user.age", "exercise.user.x", "token.x", "repeat:ab:2", "repeat:a:x"]
        {
            assert_eq!(variables.text(&format!("${{{name}}}")), Err(VariableError::Unknown(name.to_owned())));
        }
        assert!(matches!(variables.text("${account.other.id}"), Err(VariableError::Unset(_))));
        assert!(matches!(variables.text("${exercise.user.slug}"), Err(VariableError::Unset(_))));
        assert!(matches!(variables.text("a ${unique"), Err(VariableError::Unterminated(_))));
        assert!(matches!(variables.bind("unique", json!(1)), Err(VariableError::Reserved(_))));
        assert!(matches!(variables.bind("token.x", json!(1)), Err(VariableError::Reserved(_))));
    }
}
