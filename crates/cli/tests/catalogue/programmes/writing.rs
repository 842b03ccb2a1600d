//! The texts of programmes: how long, how written, and that no two descriptions are the same.

use std::collections::BTreeMap;

use irontrack_domain::training::LongText;

use super::{Programmes, holds, notices};
use crate::{
    Findings,
    texts::{FOREIGN, sentences},
};

/// Characters: fewest and most.
const OF_PLAN: [usize; 2] = [150, 500];
const OF_UNIT: [usize; 2] = [20, 160];
const OF_NOTES: [usize; 2] = [5, 120];

/// A text, whose it is, and how long it may be.
struct Found<'a> {
    owner: String,
    text: &'a str,
    length: [usize; 2],
}

/// The descriptions of plans and units; an absent one is an empty text.
fn descriptions(programmes: &Programmes) -> Vec<Found<'_>> {
    let mut texts = Vec::new();
    for programme in &programmes.list {
        let text = programme.plan.description.as_ref().map_or("", LongText::as_str);
        texts.push(Found { owner: programme.slug.to_string(), text, length: OF_PLAN });
        for unit in &programme.units {
            let text = unit.description.as_ref().map_or("", LongText::as_str);
            texts.push(Found { owner: unit.slug.to_string(), text, length: OF_UNIT });
        }
    }
    texts
}

/// Descriptions, and notes where there are any.
fn texts(programmes: &Programmes) -> Vec<Found<'_>> {
    let notes = programmes.entries().filter_map(|(_, unit, entry, exercise)| {
        let owner = format!("{}, {}", unit.slug, exercise.slug);
        entry.notes.as_ref().map(|notes| Found { owner, text: notes.as_str(), length: OF_NOTES })
    });
    descriptions(programmes).into_iter().chain(notes).collect()
}

fn lengths_are_wrong(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for Found { owner, text, length: [fewest, most] } in texts(programmes) {
        let length = text.chars().count();
        if !(fewest..=most).contains(&length) {
            findings.push(format!("{owner}: {length} characters, {fewest} to {most} are allowed"));
        }
    }
    findings
}

fn writing_is_untidy(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for Found { owner, text, .. } in texts(programmes) {
        if !text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
            findings.push(format!("{owner}: other characters than printable ASCII"));
        }
        if text.trim() != text || text.contains("  ") {
            findings.push(format!("{owner}: blanks too many"));
        }
        for sentence in sentences(text) {
            let starts_well = sentence.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !starts_well || !sentence.ends_with(['.', '!', '?']) {
                findings.push(format!("{owner}: no whole sentence: '{sentence}'"));
            }
        }
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphabetic());
        findings.extend(words.filter(|word| FOREIGN.contains(word)).map(|word| format!("{owner}: '{word}'")));
    }
    findings
}

fn descriptions_are_shared(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    let mut owners = BTreeMap::new();
    for Found { owner, text, .. } in descriptions(programmes) {
        for sentence in sentences(text) {
            if let Some(other) = owners.insert(sentence.to_lowercase(), owner.clone()) {
                findings.push(format!("{owner}: shares with {other} the sentence '{sentence}'"));
            }
        }
    }
    findings
}

fn describe(programmes: &mut Programmes, slug: &str, text: &str) {
    programmes.programme(slug).units[0].description = LongText::parse(text).ok();
}

#[test]
fn texts_are_neither_too_short_nor_too_long() {
    holds(lengths_are_wrong);
    let none = |p: &mut Programmes| p.programme("kettlebell-three-days").plan.description = None;
    notices(lengths_are_wrong, none, "kettlebell-three-days: 0 characters, 150 to 500 are allowed");
    let short = |p: &mut Programmes| describe(p, "kettlebell-three-days", "Hard.");
    notices(lengths_are_wrong, short, "kettlebell-three-days-strength: 5 characters, 20 to 160 are allowed");
}

#[test]
fn texts_are_tidy_british_and_metric() {
    holds(writing_is_untidy);
    for (text, finding) in [
        ("Slow lifts \u{2013} and hard.", "other characters than printable ASCII"),
        ("Slow  lifts.", "blanks too many"),
        ("Slow lifts. and hard", "no whole sentence: 'and hard'"),
        ("A program of slow lifts.", "'program'"),
    ] {
        let spoil = |p: &mut Programmes| describe(p, "kettlebell-three-days", text);
        notices(writing_is_untidy, spoil, &format!("kettlebell-three-days-strength: {finding}"));
    }
}

#[test]
fn no_two_descriptions_share_a_sentence() {
    holds(descriptions_are_shared);
    let shared = |p: &mut Programmes| {
        describe(p, "full-body-foundations", "Lift slowly. Rest long.");
        describe(p, "kettlebell-three-days", "Rest LONG.");
    };
    let finding = "kettlebell-three-days-strength: shares with full-body-foundations-a the sentence 'Rest LONG.'";
    notices(descriptions_are_shared, shared, finding);
}
