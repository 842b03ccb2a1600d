//! The words of a name.

/// Short forms and words that some write as one, and what they stand for.
const SHORT_FORMS: [(&str, &[&str]); 14] = [
    ("bb", &["barbell"]),
    ("db", &["dumbbell"]),
    ("kb", &["kettlebell"]),
    ("bw", &["bodyweight"]),
    ("ohp", &["overhead", "press"]),
    ("rdl", &["romanian", "deadlift"]),
    ("sldl", &["stiff", "leg", "deadlift"]),
    ("ghd", &["glute", "ham"]),
    ("pullup", &["pull", "up"]),
    ("pushup", &["push", "up"]),
    ("chinup", &["chin", "up"]),
    ("situp", &["sit", "up"]),
    ("stepup", &["step", "up"]),
    ("skullcrusher", &["skull", "crusher"]),
];

/// Words that look alike and mean the opposite.
const OPPOSITES: [(&str, &str); 4] =
    [("abduction", "adduction"), ("abductor", "adductor"), ("pronated", "supinated"), ("overhand", "underhand")];

/// Words that say nothing about which exercise it is.
const EMPTY: [&str; 6] = ["the", "a", "with", "and", "of", "on"];

/// The words of a name: lower case, without marks between them, in the singular, each once.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        if !EMPTY.contains(&word) && !words.iter().any(|other| other == word) {
            words.push(word.to_owned());
        }
    };
    // `Farmer's` is one word, and the same as `Farmers`.
    let name = name.to_lowercase().replace(['\'', '’'], "");
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = singular(word);
        match SHORT_FORMS.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => long.iter().for_each(|word| add(word)),
            None => add(word),
        }
    }
    words
}

/// A word without the ending of its plural: `presses` is `press`, and `triceps` stays what it is.
fn singular(word: &str) -> &str {
    let ends_with = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let cut = match word {
        "dips" | "steps" | "jumps" => 1,
        _ if ends_with(&["sses", "ches", "shes"]) => 2,
        _ if ends_with(&["ups"]) => 1,
        _ if word.len() > 3 && ends_with(&["s"]) && !ends_with(&["ss", "us", "is", "ps"]) => 1,
        _ => 0,
    };
    &word[..word.len() - cut]
}

/// How much two words are alike, from 0 to 1. Misspelt ones are, short ones only if they are the same.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let is_opposite = OPPOSITES.iter().any(|&(a, b)| (one, other) == (a, b) || (one, other) == (b, a));
    if !is_worth_comparing(one, other) || is_opposite {
        return 0.0;
    }
    let likeness = strsim::normalized_damerau_levenshtein(one, other);
    if likeness >= 0.8 { likeness } else { 0.0 }
}

/// How many steps [`likeness`] takes, at the most.
pub(super) fn cost(one: &str, other: &str) -> u64 {
    if is_worth_comparing(one, other) { (one.len() * other.len()) as u64 } else { 1 }
}

/// Whether two words that are not the same could be alike, by their lengths.
fn is_worth_comparing(one: &str, other: &str) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    shorter >= 5 && longer - shorter <= 2
}
