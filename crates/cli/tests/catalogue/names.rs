//! Names and aliases: whose they are, and whether two exercises are one.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Findings,
    entries::Catalogue,
    holds, notices,
    words::{key, words},
};

/// Differences in case, hyphens, blanks and plurals do not make another name. One exercise may have several spellings.
fn names_collide(catalogue: &Catalogue) -> Findings {
    let mut owners: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        for name in entry.names() {
            let (owner, other) = owners.entry(key(name)).or_insert((&entry.name, name));
            if *owner != entry.name {
                findings.push(format!("{}: '{name}' is '{other}' of {owner}", entry.name));
            }
        }
    }
    findings
}

fn aliases_repeat_themselves(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        let mut seen = BTreeSet::new();
        for name in entry.names().filter(|name| !seen.insert(name.to_lowercase())) {
            findings.push(format!("{}: '{name}' stands twice", entry.name));
        }
    }
    findings
}

/// Words that mean the same in names of exercises.
const SYNONYMS: [(&str, &str); 18] = [
    ("banded", "band"),
    ("bb", "barbell"),
    ("curtsey", "curtsy"),
    ("db", "dumbbell"),
    ("ez", "e-z"),
    ("flye", "fly"),
    ("kb", "kettlebell"),
    ("med", "medicine"),
    ("narrow", "close"),
    ("one", "single"),
    ("roller", "roll"),
    ("rolling", "roll"),
    ("stability", "exercise"),
    ("swiss", "exercise"),
    ("tire", "tyre"),
    ("trx", "suspension"),
    ("unilateral", "single"),
    ("yoga", "exercise"),
];

/// Words that tell nothing apart.
const FILLERS: [&str; 5] = ["mini", "of", "resistance", "the", "with"];

/// The words that carry the meaning, sorted, so that their order does not matter: "Seated Dumbbell Curl" is "Dumbbell
/// Seated Curl". Words joined by "to" stay together, because their order does matter: "High-to-Low".
fn meaning(name: &str) -> Vec<String> {
    let mut meaning: Vec<String> = Vec::new();
    let mut joined = false;
    for word in words(name) {
        if FILLERS.contains(&word.as_str()) {
            continue;
        }
        let synonym = SYNONYMS.iter().find(|(from, _)| *from == word).map_or(word.as_str(), |(_, to)| to);
        match meaning.last_mut() {
            Some(last) if joined || synonym == "to" => *last = format!("{last} {synonym}"),
            _ => meaning.push(synonym.to_owned()),
        }
        joined = synonym == "to";
    }
    meaning.sort();
    meaning.dedup();
    meaning
}

fn names_mean_the_same(catalogue: &Catalogue) -> Findings {
    let mut owners: BTreeMap<Vec<String>, (&str, &str)> = BTreeMap::new();
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        for name in entry.names() {
            let (owner, other) = owners.entry(meaning(name)).or_insert((&entry.name, name));
            if *owner != entry.name {
                findings.push(format!("{}: '{name}' means the same as '{other}' of {owner}", entry.name));
            }
        }
    }
    findings
}

/// The fewest letters of a word of which a misspelling is recognised: "Prone Y Raise" and "Prone T Raise" are two.
const LETTERS_OF_A_TYPO: usize = 5;

/// Two words that differ by one letter, and both are meant.
const NO_TYPO: [&str; 2] = ["abduction", "adduction"];

/// Names of exercises that differ in one word by one letter, left out, added, changed or swapped.
fn names_differ_by_a_typo(catalogue: &Catalogue) -> Findings {
    let names: Vec<(&str, BTreeSet<String>)> =
        catalogue.entries.iter().map(|entry| (entry.name.as_str(), words(&entry.name).into_iter().collect())).collect();
    let mut findings = Findings::new();
    for (index, (name, own)) in names.iter().enumerate() {
        for (other, others) in &names[..index] {
            let mut differing = own.difference(others);
            let mut differing_there = others.difference(own);
            if let (Some(here), None, Some(there), None) =
                (differing.next(), differing.next(), differing_there.next(), differing_there.next())
                && here.len().min(there.len()) >= LETTERS_OF_A_TYPO
                && ![here, there].into_iter().all(|word| NO_TYPO.contains(&word.as_str()))
                && strsim::osa_distance(here, there) == 1
            {
                findings.push(format!("{name}: differs from {other} by one letter"));
            }
        }
    }
    findings
}

#[test]
fn no_name_or_alias_belongs_to_two_exercises() {
    holds(names_collide);
    holds(aliases_repeat_themselves);
    let alias = |alias: &'static str| move |c: &mut Catalogue| c.entry("Plank").aliases.push(alias.into());
    notices(names_collide, alias("box-jumps"), "Box Jump: 'Box Jump' is 'box-jumps' of Plank");
    notices(names_collide, alias("rdl"), "Romanian Deadlift: 'RDL' is 'rdl' of Plank");
    notices(aliases_repeat_themselves, alias("front plank"), "Plank: 'front plank' stands twice");
}

#[test]
fn no_two_names_mean_the_same_exercise() {
    holds(names_mean_the_same);
    let renamed = |from: &'static str, to: &'static str| move |c: &mut Catalogue| c.entry(from).name = to.into();
    let finding = "Dumbbell Incline Curl: 'Dumbbell Incline Curl' means the same as 'Incline DB Curl' of Plank";
    let twice = |c: &mut Catalogue| {
        c.entry("Plank").aliases.push("Incline DB Curl".into());
        c.entry("Incline Dumbbell Curl").aliases.clear();
        renamed("Incline Dumbbell Curl", "Dumbbell Incline Curl")(c);
    };
    notices(names_mean_the_same, twice, finding);
    assert_ne!(meaning("High-to-Low Cable Fly"), meaning("Low-to-High Cable Fly"));
}

#[test]
fn no_name_is_another_one_with_a_typo() {
    holds(names_differ_by_a_typo);
    let misspelt = |c: &mut Catalogue| c.entry("Plank").name = "Arnodl Press".into();
    notices(names_differ_by_a_typo, misspelt, "Arnold Press: differs from Arnodl Press by one letter");
}
