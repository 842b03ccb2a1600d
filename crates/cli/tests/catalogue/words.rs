//! How names are compared: as athletes type them, not letter by letter.

/// The words of a name: lower case, without apostrophes and plurals. `&` is part of a word, for "C&J", or "and".
pub fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('\'', "").replace(" & ", " and ");
    name.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|word| !word.is_empty()).map(singular).collect()
}

/// The words without anything between them: "Pull-Ups", "pull ups" and "PULLUP" are the same.
pub fn key(name: &str) -> String {
    words(name).concat()
}

fn singular(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 2 && !stem.ends_with('s'));
    stem.unwrap_or(word).to_owned()
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for name in ["Pull-Up", "pullups", "Pull Ups", " PULL  UP "] {
        assert_eq!(key(name), "pullup", "{name}");
    }
    assert_eq!(key("Farmer's Walk"), key("farmers walk"));
    assert_eq!(key("C&J"), "c&j");
    assert_eq!(key("clean & jerk"), key("Clean and Jerk"));
    assert_ne!(key("Press"), key("Pre"));
}
