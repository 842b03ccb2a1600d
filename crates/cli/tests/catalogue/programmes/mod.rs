//! What the built-in training programmes have to keep to. Like the rules of exercises, each is asked about the real
//! programmes and about the same with a mistake in them.

mod coverage;
mod refused;
mod sense;
mod writing;

use irontrack_application::setup::{Programme, ProgrammeEntry, ProgrammeUnit};
use irontrack_cli::programme_file::ProgrammeFiles;

use crate::{
    Findings,
    entries::{Catalogue, Entry, files_in, system_catalogue},
};

/// All programmes, and the exercises that they are made of.
struct Programmes {
    list: Vec<Programme>,
    catalogue: Catalogue,
}

impl Programmes {
    fn read() -> Self {
        let files = files_in("programmes");
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let list = ProgrammeFiles(&files).read(&system_catalogue()).unwrap_or_else(|error| panic!("{error}"));
        Self { list, catalogue: Catalogue::read() }
    }

    /// One programme, to spoil it.
    fn programme(&mut self, slug: &str) -> &mut Programme {
        let found = self.list.iter_mut().find(|programme| programme.slug.as_str() == slug);
        found.unwrap_or_else(|| panic!("there is no programme {slug}"))
    }

    /// The exercise of an entry.
    fn exercise(&self, entry: &ProgrammeEntry) -> &Entry {
        let found = self.catalogue.entries.iter().find(|exercise| exercise.slug == entry.exercise.as_str());
        found.unwrap_or_else(|| panic!("there is no exercise {}", entry.exercise))
    }

    /// Every entry, with its programme, its unit and its exercise.
    fn entries(&self) -> impl Iterator<Item = (&Programme, &ProgrammeUnit, &ProgrammeEntry, &Entry)> {
        self.list.iter().flat_map(move |programme| {
            programme.units.iter().flat_map(move |unit| {
                unit.entries.iter().map(move |entry| (programme, unit, entry, self.exercise(entry)))
            })
        })
    }
}

/// Whether a programme has a tag.
fn has_tag(programme: &Programme, tag: &str) -> bool {
    programme.tags.iter().any(|own| own.as_str() == tag)
}

/// Fails with everything that breaks the rule.
fn holds(rule: fn(&Programmes) -> Findings) {
    let findings = rule(&Programmes::read());
    assert!(findings.is_empty(), "expected programmes in order, found\n{}", findings.join("\n"));
}

/// Fails unless the rule finds exactly this when the programmes have been changed like that.
fn notices(rule: fn(&Programmes) -> Findings, change: impl FnOnce(&mut Programmes), finding: &str) {
    let mut programmes = Programmes::read();
    change(&mut programmes);
    assert_eq!(rule(&programmes), [finding], "expected the mistake to be found, and nothing else");
}
