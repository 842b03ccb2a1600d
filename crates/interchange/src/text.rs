//! Texts that are made to fit.

use irontrack_domain::{
    Violation,
    training::{LongText, TemplateName, session::SetNotes},
};

use crate::ImportedExercise;

/// The beginning of a text, as many characters as fit.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| &text[..end])
}

/// A text on one line: ends trimmed, one blank between words.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses what is no name of an exercise, as long as it may be mapped to one.
pub(crate) fn check_exercise_name(name: &str) -> Result<(), Violation> {
    let max = ImportedExercise::LONGEST_NAME;
    if name.contains('\0') {
        return Err(Violation::ContainsNul);
    }
    if cut(name, max).len() < name.len() { Err(Violation::TooLong { max }) } else { Ok(()) }
}

/// A title as the name of a unit, cut where it is too long. `None` for a blank one.
pub(crate) fn title(text: &str) -> Option<TemplateName> {
    TemplateName::parse(cut(&collapse(text), TemplateName::MAX)).ok()
}

/// Notes of a set, cut where they are too long. `None` for blank ones.
pub(crate) fn set_notes(text: &str) -> Option<SetNotes> {
    if text.trim().is_empty() { None } else { SetNotes::parse(cut(text, SetNotes::MAX)).ok() }
}

/// Notes that stand in several rows, usually the same in each: every different one, on lines of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    parts: Vec<String>,
    characters: usize,
}

impl Notes {
    pub(crate) fn add(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
        // What is beyond the most that is kept need not be collected.
        if self.characters <= LongText::MAX && !self.parts.iter().any(|part| part == text) {
            self.characters += text.chars().count();
            self.parts.push(text.to_owned());
        }
    }

    /// The notes, cut where they are too long.
    pub(crate) fn into_text(self) -> Option<LongText> {
        if self.parts.is_empty() { None } else { LongText::parse(cut(&self.parts.join("\n"), LongText::MAX)).ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 2), "äö");
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("", 0), "");
        let long = "🏋".repeat(501);
        assert_eq!(set_notes(&long).unwrap().as_str(), "🏋".repeat(500));
        assert_eq!(title(&"é".repeat(130)).unwrap().as_str(), "é".repeat(100));
    }

    #[test]
    fn titles_are_names() {
        assert_eq!(title("  Push \u{a0} day\n").unwrap().as_str(), "Push day");
        assert_eq!(title(" \t "), None);
        let ends_with_a_blank = format!("{} x", "a".repeat(99));
        assert_eq!(title(&ends_with_a_blank).unwrap().as_str(), "a".repeat(99));
    }

    #[test]
    fn notes_that_are_repeated_are_kept_once() {
        let mut notes = Notes::default();
        for text in [Some("Slept badly."), None, Some("Slept badly."), Some("  "), Some("Trained well.")] {
            notes.add(text);
        }
        assert_eq!(notes.into_text().unwrap().as_str(), "Slept badly.\nTrained well.");
        assert_eq!(Notes::default().into_text(), None);
        let mut long = Notes::default();
        (0..30).for_each(|index| long.add(Some(&format!("{index}{}", "ü".repeat(998)))));
        assert_eq!(long.into_text().unwrap().as_str().chars().count(), LongText::MAX);
    }
}
