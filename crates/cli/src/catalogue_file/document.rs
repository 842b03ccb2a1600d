//! Our own format as one document.

use irontrack_application::setup::{Import, ImportedItem, SystemCatalogue};
use irontrack_domain::catalogue::{CatalogueKind, CatalogueName};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{
    Entry, FileError, Item, Parsed, PictureCounts,
    parsed::{without_mark, without_position},
    quote,
};

/// What a document says of itself.
const FORMAT: &str = "irontrack-catalogue";

/// The version of the format. A member that is added or gets another meaning makes another one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written {
    format: &'static str,
    version: u32,
    muscle_groups: Vec<Item>,
    equipment: Vec<Item>,
    exercise_tags: Vec<Item>,
    exercises: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    format: String,
    version: u32,
    muscle_groups: Vec<Item>,
    equipment: Vec<Item>,
    exercise_tags: Vec<Item>,
    #[serde(borrow)]
    exercises: Vec<&'a RawValue>,
}

/// The document of a catalogue, as text with a final line break.
///
/// # Errors
/// Never, as far as is known: the catalogue has nothing that JSON has not.
pub fn write_document(catalogue: &SystemCatalogue) -> serde_json::Result<String> {
    let items = |kind| {
        let items = catalogue.items(kind).iter();
        items.map(|item| Item { id: item.id, name: item.name.clone() }).collect::<Vec<_>>()
    };
    let mut text = serde_json::to_string_pretty(&Written {
        format: FORMAT,
        version: VERSION,
        muscle_groups: items(CatalogueKind::MuscleGroups),
        equipment: items(CatalogueKind::Equipment),
        exercise_tags: items(CatalogueKind::ExerciseTags),
        exercises: catalogue.exercises.iter().map(|exercise| Entry::of(exercise, catalogue)).collect(),
    })?;
    text.push('\n');
    Ok(text)
}

/// Reads a document, or a list of exercises as in the files of the built-in catalogue.
///
/// # Errors
/// [`FileError`] when it is neither. What is wrong with a single exercise is among the problems of the answer.
pub fn read_document(text: &str) -> Result<Parsed, FileError> {
    let text = without_mark(text);
    let mut parsed = Parsed::default();
    let exercises = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|error| FileError(format!("no list of exercises: {error}")))?
    } else {
        let document: Read<'_> =
            serde_json::from_str(text).map_err(|error| FileError(format!("no catalogue: {error}")))?;
        if document.format != FORMAT || document.version != VERSION {
            let found = format!("{} {}", quote(&document.format), document.version);
            return Err(FileError(format!("it has the format {found}, expected {FORMAT} {VERSION}")));
        }
        for (kind, list, items) in [
            (CatalogueKind::MuscleGroups, "muscle_groups", document.muscle_groups),
            (CatalogueKind::Equipment, "equipment", document.equipment),
            (CatalogueKind::ExerciseTags, "exercise_tags", document.exercise_tags),
        ] {
            add_items(&mut parsed.import, kind, list, items)?;
        }
        document.exercises
    };
    parsed.add_entries(&exercises, |index, entry| {
        let entry: Entry = serde_json::from_str(entry).map_err(|error| without_position(&error))?;
        Ok((entry.read(index).map_err(|problem| problem.to_string())?, PictureCounts::default()))
    });
    Ok(parsed)
}

fn add_items(import: &mut Import, kind: CatalogueKind, list: &str, items: Vec<Item>) -> Result<(), FileError> {
    for (index, Item { id, name }) in items.into_iter().enumerate() {
        let wrong = |problem: String| FileError(format!("{list}[{index}] '{}': {problem}", quote(&name)));
        let name = CatalogueName::parse(&name).map_err(|violation| wrong(format!("name {violation}")))?;
        if id < 1 {
            return Err(wrong("id must be at least 1".to_owned()));
        }
        import.items.push(ImportedItem { kind, id: Some(id), name });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue_file::ParsedProblem;

    const EXERCISE: &str = r#"{"name": "Band Curl", "slug": "band-curl", "aliases": ["Curl"], "force": "pull",
        "difficulty_level": "beginner", "mechanic": null, "category": "strength", "equipment": ["bands"],
        "primary_muscles": ["biceps"], "secondary_muscles": [], "tags": ["standing"], "instructions": null,
        "image_path_start": "/band-curl/0.jpg"}"#;

    fn document(exercises: &str) -> String {
        format!(
            r#"{{"format": "irontrack-catalogue", "version": 1, "muscle_groups": [{{"id": 5, "name": "Biceps"}}],
            "equipment": [], "exercise_tags": [], "exercises": [{exercises}]}}"#
        )
    }

    #[test]
    fn a_document_and_a_list_hold_the_same_exercises() {
        let document = read_document(&format!("\u{feff}{}", document(EXERCISE))).unwrap();
        let list = read_document(&format!(" [{EXERCISE}]")).unwrap();
        assert_eq!(document.import.exercises, list.import.exercises);
        let [curl] = document.import.exercises.try_into().unwrap();
        assert_eq!((curl.names.equipment, curl.names.tags), (vec!["bands".into()], Some(vec!["standing".into()])));
        assert_eq!((curl.exercise.instructions, curl.index), (None, 0));
        let pictures = curl.exercise.pictures.unwrap();
        assert_eq!((pictures.start.unwrap().as_str(), pictures.end), ("/band-curl/0.jpg", None));
        let [item] = document.import.items.try_into().unwrap();
        assert_eq!((item.kind, item.id, item.name.as_str()), (CatalogueKind::MuscleGroups, Some(5), "biceps"));
        assert_eq!((list.import.items.len(), list.entries), (0, 1));
    }

    #[test]
    fn one_wrong_exercise_does_not_hide_the_others() {
        let long = EXERCISE.replace("Band Curl", &"x".repeat(101));
        let slug = EXERCISE.replace("band-curl\"", "curl\"");
        let parsed = read_document(&document(&[&long, "7", EXERCISE, &slug].join(","))).unwrap();
        assert_eq!((parsed.entries, parsed.import.exercises.len(), parsed.import.exercises[0].index), (4, 1, 2));
        let problem = |index, name: &str, problem: &str| {
            let [name, problem] = [name, problem].map(str::to_owned);
            ParsedProblem { index, name, problem }
        };
        let expected = [
            problem(0, &format!("{}…", "x".repeat(80)), "name must have at most 100 characters"),
            problem(1, "", "invalid type: integer `7`, expected struct Entry"),
            problem(3, "Band Curl", "slug must be band-curl"),
        ];
        assert_eq!(parsed.problems, expected);
    }

    #[test]
    fn what_is_no_catalogue_is_refused_as_a_whole() {
        for (text, said) in [
            ("", "no catalogue: EOF"),
            ("{}", "missing field `format`"),
            ("[1, 2", "no list of exercises: EOF"),
            (
                &document("").replace("\"version\": 1", "\"version\": 2"),
                "irontrack-catalogue 2, expected irontrack-catalogue 1",
            ),
            (&document("").replace("Biceps", "x"), "muscle_groups[0] 'x': name must have at least 3 characters"),
            (&document("").replace("\"id\": 5", "\"id\": 0"), "muscle_groups[0] 'Biceps': id must be at least 1"),
            (&document("").replace("\"id\": 5", "\"id\": 99999"), "no catalogue: invalid value"),
        ] {
            let error = read_document(text).expect_err(text).to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
