//! What the command line says about names.

use irontrack_application::imports::MappedName;
use irontrack_domain::ExerciseId;
use irontrack_ports::repo::NameDecision;
use serde::Deserialize;
use uuid::Uuid;

use crate::{Failure, UserImportArguments};

/// The body of `PUT /imports/{id}/mapping`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Item {
    name: String,
    exercise_id: Option<Uuid>,
    #[serde(default)]
    create: bool,
    #[serde(default)]
    skip: bool,
    #[serde(default)]
    primary_muscles: Vec<i16>,
}

/// What is said by a file and by options, which have the last word.
pub(super) fn words(arguments: &UserImportArguments) -> Result<Vec<MappedName>, Failure> {
    let mut words = Vec::new();
    if let Some(file) = &arguments.mapping {
        let path = file.display();
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::failed(format!("{path} cannot be read: {error}")))?;
        words = mapping(&text).map_err(|problem| Failure::failed(format!("{path} is no mapping: {problem}")))?;
    }
    for pair in &arguments.map {
        let (name, id) = pair.rsplit_once('=').ok_or_else(|| wrong_pair(pair))?;
        let id: Uuid = id.trim().parse().map_err(|_| wrong_pair(pair))?;
        words.push(word(name, NameDecision::Exercise(ExerciseId::new(id))));
    }
    words.extend(arguments.create.iter().map(|name| word(name, NameDecision::Create { primary_muscles: Vec::new() })));
    words.extend(arguments.skip.iter().map(|name| word(name, NameDecision::Skip)));
    Ok(words)
}

fn word(name: &str, decision: NameDecision) -> MappedName {
    MappedName { name: name.to_owned(), decision }
}

fn wrong_pair(pair: &str) -> Failure {
    Failure::usage(format!("--map is wrong: expected NAME=ID with the id of an exercise, got {pair}"))
}

fn mapping(text: &str) -> Result<Vec<MappedName>, String> {
    let mapping: Mapping = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let read = |item: Item| {
        let mut primary_muscles = item.primary_muscles;
        primary_muscles.sort_unstable();
        primary_muscles.dedup();
        let decision = match (item.exercise_id, item.create, item.skip) {
            (Some(id), false, false) => NameDecision::Exercise(ExerciseId::new(id)),
            (None, true, false) => NameDecision::Create { primary_muscles },
            (None, false, true) => NameDecision::Skip,
            _ => return Err(format!("{}: exactly one of exerciseId, create and skip must be given", item.name)),
        };
        Ok(MappedName { name: item.name, decision })
    };
    mapping.items.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_the_one_of_the_api() {
        let text =
            r#"{"items": [{"name": "A", "create": true, "primaryMuscles": [7, 4]}, {"name": "B", "skip": true}]}"#;
        let expected = [word("A", NameDecision::Create { primary_muscles: vec![4, 7] }), word("B", NameDecision::Skip)];
        assert_eq!(mapping(text), Ok(expected.to_vec()));
        for wrong in [r#"{"items": [{"name": "A"}]}"#, r#"{"items": [{"name": "A", "skip": true, "x": 1}]}"#, "[]", ""]
        {
            assert!(mapping(wrong).is_err(), "{wrong}");
        }
    }
}
