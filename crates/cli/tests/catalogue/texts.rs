//! The instructions: how long, how written, and that each was written for its exercise.

use std::collections::BTreeMap;

use crate::{
    Findings,
    entries::Catalogue,
    holds, notices,
    trigrams::{Numbered, TrigramSet},
};

/// How similar two instructions may be, from 0 to 1: below this. Two good texts about the same kind of exercise reach
/// about 0.45. The same text with the names of muscles and tools exchanged is far beyond 0.6.
const MOST_SIMILAR: f64 = 0.6;

/// The sentences of a text. A full stop, question mark or exclamation mark ends one if a blank or nothing follows.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = rest.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).find(|at| {
        let after = &rest[*at..];
        after.is_empty() || after.starts_with(char::is_whitespace)
    }) {
        sentences.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}

fn sentences_are_too_few_or_many(catalogue: &Catalogue) -> Findings {
    let wrong = catalogue.entries.iter().filter_map(|entry| {
        let count = sentences(&entry.instructions).len();
        (!(2..=5).contains(&count)).then(|| format!("{}: {count} sentences, 2 to 5 are allowed", entry.name))
    });
    wrong.collect()
}

fn writing_is_untidy(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        let texts = entry.names().chain([entry.instructions.as_str()]);
        for text in texts.filter(|text| !text.chars().all(|c| c == ' ' || c.is_ascii_graphic())) {
            findings.push(format!("{}: other characters than printable ASCII in '{text}'", entry.name));
        }
        for text in entry.names().chain([entry.instructions.as_str()]) {
            if text.trim() != text || text.contains("  ") {
                findings.push(format!("{}: blanks too many in '{text}'", entry.name));
            }
        }
        for sentence in sentences(&entry.instructions) {
            let starts_well = sentence.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !starts_well || !sentence.ends_with(['.', '!', '?']) {
                findings.push(format!("{}: no whole sentence: '{sentence}'", entry.name));
            }
        }
    }
    findings
}

/// Words of American spelling and of measures that are not metric. Names and aliases may have them.
pub const FOREIGN: [&str; 18] = [
    "behavior", "center", "centered", "color", "favor", "fiber", "fibers", "gray", "inches", "lbs", "meter", "meters",
    "miles", "neighbor", "ounces", "pounds", "program", "yards",
];

fn words_are_foreign(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        let text = entry.instructions.to_lowercase();
        let words = text.split(|c: char| !c.is_alphabetic());
        findings.extend(words.filter(|word| FOREIGN.contains(word)).map(|word| format!("{}: '{word}'", entry.name)));
    }
    findings
}

fn sentences_are_shared(catalogue: &Catalogue) -> Findings {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        for sentence in sentences(&entry.instructions) {
            let letters = sentence.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            if let Some(owner) = owners.insert(letters, &entry.name) {
                findings.push(format!("{}: shares with {owner} the sentence '{sentence}'", entry.name));
            }
        }
    }
    findings
}

fn texts_are_similar(catalogue: &Catalogue) -> Findings {
    let mut numbered = Numbered::default();
    let sets: Vec<TrigramSet> = catalogue.entries.iter().map(|entry| numbered.set(&entry.instructions)).collect();
    let mut findings = Findings::new();
    for (index, entry) in catalogue.entries.iter().enumerate() {
        for (other, set) in catalogue.entries[..index].iter().zip(&sets) {
            let similarity = sets[index].similarity(set);
            if similarity >= MOST_SIMILAR {
                findings.push(format!("{}: the text is {similarity:.2} similar to that of {}", entry.name, other.name));
            }
        }
    }
    findings
}

#[test]
fn sentences_end_at_stops_and_not_inside_numbers() {
    assert_eq!(sentences("Use 1.5 kg. Lift!  Done? yes"), ["Use 1.5 kg.", "Lift!", "Done?", "yes"]);
}

#[test]
fn every_text_has_two_to_five_sentences() {
    holds(sentences_are_too_few_or_many);
    let one = |c: &mut Catalogue| c.entry("Plank").instructions = "Hold yourself as straight as a plank.".into();
    notices(sentences_are_too_few_or_many, one, "Plank: 1 sentences, 2 to 5 are allowed");
    let six = |c: &mut Catalogue| c.entry("Plank").instructions = "Hold. ".repeat(6);
    notices(sentences_are_too_few_or_many, six, "Plank: 6 sentences, 2 to 5 are allowed");
}

#[test]
fn every_text_is_tidy() {
    holds(writing_is_untidy);
    let finding = "Plank: other characters than printable ASCII in 'Pl\u{e4}nk'";
    notices(writing_is_untidy, |c| c.entry("Plank").aliases.push("Pl\u{e4}nk".into()), finding);
    let finding = "Plank: blanks too many in 'Front  Plank'";
    notices(writing_is_untidy, |c| c.entry("Plank").aliases[0] = "Front  Plank".into(), finding);
    let unfinished = |c: &mut Catalogue| c.entry("Plank").instructions = "Hold. and keep".into();
    notices(writing_is_untidy, unfinished, "Plank: no whole sentence: 'and keep'");
}

#[test]
fn every_text_is_british_and_metric() {
    holds(words_are_foreign);
    let foreign = |c: &mut Catalogue| c.entry("Plank").instructions.push_str(" Rise two Inches.");
    notices(words_are_foreign, foreign, "Plank: 'inches'");
}

#[test]
fn no_two_texts_share_a_sentence() {
    holds(sentences_are_shared);
    let shared = |c: &mut Catalogue| {
        c.entry("Plank").instructions = "Begin here. Stay long.".into();
        c.entry("Box Jump").instructions = "Stay LONG! Jump.".into();
    };
    notices(sentences_are_shared, shared, "Box Jump: shares with Plank the sentence 'Stay LONG!'");
}

#[test]
fn no_two_texts_are_similar() {
    holds(texts_are_similar);
    let template = |c: &mut Catalogue| {
        let text = "Stand with the feet apart and hold a TOOL in each hand. Lift both arms to the side until they are \
                    level with the MUSCLE, then lower them slowly. Keep the ribs down so that the back does not arch.";
        let of = |tool: &str, muscle: &str| text.replace("TOOL", tool).replace("MUSCLE", muscle);
        c.entry("Plank").instructions = of("dumbbell", "shoulders");
        c.entry("Box Jump").instructions = of("kettlebell", "ears");
    };
    notices(texts_are_similar, template, "Box Jump: the text is 0.86 similar to that of Plank");
}
