//! Lists of exercises in the schema of free-exercise-db.

use irontrack_application::setup::{ImportedExercise, ItemNames};
use irontrack_domain::exercise::{Category, DifficultyLevel, ExerciseName, Force, ImagePath, Instructions, Mechanic};
use irontrack_ports::repo::{Pictures, SystemExercise};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    EntryProblem, FileError, Parsed, PictureCounts,
    entry::{optional, rule, value},
    parsed::{without_mark, without_position},
};

/// An exercise as it stands in such a file. Members that have no counterpart here, such as `id`, are left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    name: String,
    force: Option<String>,
    level: String,
    mechanic: Option<String>,
    equipment: Option<String>,
    primary_muscles: Vec<String>,
    #[serde(default)]
    secondary_muscles: Vec<String>,
    /// Paragraphs.
    #[serde(default)]
    instructions: Vec<String>,
    category: String,
    /// Paths of pictures: the start position, then the end position.
    #[serde(default)]
    images: Vec<String>,
}

/// Reads a list of exercises in that schema. It knows neither tags nor aliases.
///
/// # Errors
/// [`FileError`] when it is no list. What is wrong with a single exercise is among the problems of the answer.
pub fn read_free_exercise_db(text: &str) -> Result<Parsed, FileError> {
    let entries: Vec<&RawValue> = serde_json::from_str(without_mark(text))
        .map_err(|error| FileError(format!("no list of exercises: {error}")))?;
    let mut parsed = Parsed::default();
    parsed.add_entries(&entries, |index, entry| {
        let entry: Entry = serde_json::from_str(entry).map_err(|error| without_position(&error))?;
        entry.read(index).map_err(|problem| problem.to_string())
    });
    Ok(parsed)
}

impl Entry {
    /// The exercise, and what had to be done to the paths of its pictures.
    fn read(self, index: usize) -> Result<(ImportedExercise, PictureCounts), EntryProblem> {
        let name = rule("name", ExerciseName::parse(&self.name))?;
        let slug = rule("name", name.slug())?;
        if self.primary_muscles.is_empty() {
            return Err(EntryProblem::new("primaryMuscles", "must not be empty"));
        }
        let paragraphs: Vec<&str> =
            self.instructions.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let instructions = rule("instructions", Instructions::parse(&paragraphs.join("\n\n")))?;
        let (pictures, picture_counts) = pictures(&self.images);
        let [level, category] = [&self.level, &self.category].map(|text| plain(text));
        let [force, mechanic] = [&self.force, &self.mechanic].map(|text| text.as_deref().map(plain));
        let exercise = SystemExercise {
            slug,
            name,
            aliases: None,
            force: optional("force", force.as_deref(), Force::from_name)?,
            difficulty_level: value("level", &level, DifficultyLevel::from_name)?,
            mechanic: optional("mechanic", mechanic.as_deref(), Mechanic::from_name)?,
            category: value("category", &category, Category::from_name)?,
            instructions: (!paragraphs.is_empty()).then_some(instructions),
            pictures,
            equipment: Vec::new(),
            primary_muscles: Vec::new(),
            secondary_muscles: Vec::new(),
            tags: None,
        };
        let names = ItemNames {
            primary_muscles: self.primary_muscles,
            secondary_muscles: self.secondary_muscles,
            equipment: self.equipment.into_iter().collect(),
            tags: None,
        };
        Ok((ImportedExercise { index, exercise, names }, picture_counts))
    }
}

/// A word of a fixed list, whatever its case.
fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The first two paths, as we store them: with a slash in front, and in lower case. Those that do not fit even so are left
/// out.
fn pictures(paths: &[String]) -> (Option<Pictures>, PictureCounts) {
    let mut counts = PictureCounts::default();
    let mut stored = |path: &String| {
        let lower = path.to_ascii_lowercase();
        let stored = ImagePath::parse(&format!("/{}", lower.trim_start_matches('/'))).ok();
        match &stored {
            Some(_) => counts.in_lower_case += usize::from(lower != *path),
            None => counts.left_out += 1,
        }
        stored
    };
    let start = paths.first().and_then(&mut stored);
    let end = paths.get(1).and_then(&mut stored);
    let is_any = start.is_some() || end.is_some();
    (is_any.then_some(Pictures { start, end }), counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"id": "Slow_Bend", "name": " Slow  Bend", "force": "Pull", "level": "beginner",
        "mechanic": null, "equipment": "Bands", "primaryMuscles": ["Biceps"], "secondaryMuscles": ["biceps"],
        "instructions": ["Stand. ", "", "Bend."], "category": "strength",
        "images": ["slow-bend/0.jpg", "Slow_Bend/1.jpg", "slow bend.gif"]}"#;

    fn read(entries: &str) -> Parsed {
        read_free_exercise_db(&format!("[{entries}]")).unwrap()
    }

    #[test]
    fn an_entry_becomes_an_exercise() {
        let parsed = read(ENTRY);
        let counts = PictureCounts { left_out: 0, in_lower_case: 1 };
        assert_eq!((parsed.problems, parsed.pictures), (vec![], counts), "the third one is not looked at");
        let [ImportedExercise { index: 0, exercise, names }] = &*parsed.import.exercises else { panic!("not one") };
        assert_eq!((exercise.name.as_str(), exercise.slug.as_str()), ("Slow Bend", "slow-bend"));
        assert_eq!((exercise.force, exercise.mechanic), (Some(Force::Pull), None));
        assert_eq!(exercise.instructions.as_ref().map(Instructions::as_str), Some("Stand.\n\nBend."));
        let pictures = exercise.pictures.as_ref().unwrap();
        assert_eq!(pictures.start.as_ref().map(ImagePath::as_str), Some("/slow-bend/0.jpg"));
        assert_eq!(pictures.end.as_ref().map(ImagePath::as_str), Some("/slow_bend/1.jpg"));
        assert_eq!((&exercise.tags, &exercise.aliases, &names.tags), (&None, &None, &None), "not known");
        assert_eq!(
            (&*names.equipment, &*names.primary_muscles),
            (&["Bands".to_owned()][..], &["Biceps".to_owned()][..])
        );
    }

    #[test]
    fn a_picture_that_does_not_fit_is_left_out() {
        let parsed = read(&ENTRY.replace("slow-bend/0.jpg", "slow bend/0.jpg"));
        assert_eq!(parsed.pictures, PictureCounts { left_out: 1, in_lower_case: 1 });
        let pictures = parsed.import.exercises[0].exercise.pictures.as_ref().unwrap();
        assert_eq!((&pictures.start, pictures.end.is_some()), (&None, true));
    }

    #[test]
    fn what_may_be_missing_may_be_missing() {
        let parsed =
            read(r#"{"name": "Bare Bend", "level": "expert", "primaryMuscles": ["biceps"], "category": "cardio"}"#);
        let [ImportedExercise { exercise, names, .. }] = &*parsed.import.exercises else { panic!("{parsed:?}") };
        assert_eq!((&exercise.instructions, &exercise.pictures, names.equipment.len()), (&None, &None, 0));
    }

    #[test]
    fn mistakes_are_named() {
        for (from, to, said) in [
            ("\"beginner\"", "\"easy\"", "level has the unknown value 'easy'"),
            ("\"beginner\"", "null", "invalid type: null, expected a string"),
            ("[\"Biceps\"]", "[]", "primaryMuscles must not be empty"),
            (" Slow  Bend", "深蹲深蹲", "name must contain at least one Latin letter or digit"),
            ("\"level\"", "\"levels\"", "missing field `level`"),
        ] {
            let parsed = read(&ENTRY.replace(from, to));
            assert_eq!(parsed.import.exercises.len(), 0);
            assert_eq!(parsed.problems[0].problem, said);
        }
        assert!(read_free_exercise_db("{}").unwrap_err().to_string().contains("no list of exercises"));
    }
}
