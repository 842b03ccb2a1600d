//! What a search term matches, by the plainest means and for the letters of these suites only: to compare with.

use irontrack_domain::{SearchTerm, exercise::Exercise};

/// Signs between words, besides blanks; with any other one a term is meant as it stands.
const SEPARATORS: &str = "&/.,:;!?()+\"“”'’‘`-‐‑–—";

/// How well a term is matched, best first; `None` if it is not.
pub(super) fn relevance(exercise: &Exercise, term: &SearchTerm) -> Option<usize> {
    let (name, term) = (Text::of(&exercise.name), Text::of(term.as_str()));
    let aliases: Vec<_> = exercise.aliases.iter().map(|alias| Text::of(alias)).collect();
    let ranks = [
        name.is(&term),
        aliases.iter().any(|alias| alias.is(&term)),
        name.starts_with(&term),
        name.has_words_of(&term) || aliases.iter().any(|alias| alias.has_words_of(&term)),
        name.folded.contains(&term.folded),
    ];
    ranks.iter().position(|&holds| holds)
}

/// A name, an alias or a term.
struct Text {
    folded: String,
    words: Vec<String>,
    singular: Vec<String>,
    may_be_words: bool,
}

impl Text {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let words = words(&folded);
        let is_plain = folded.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || SEPARATORS.contains(c));
        let may_be_words = is_plain && !words.is_empty() && folded.chars().count() <= 200;
        let singular = words.iter().map(|word| singular(word)).collect();
        Self { folded, words, singular, may_be_words }
    }

    /// The same words, in whatever order and however joined.
    fn is(&self, term: &Self) -> bool {
        let letters = |text: &Self| {
            let mut letters: Vec<char> = text.singular.concat().chars().collect();
            letters.sort_unstable();
            letters
        };
        let (own, typed) = (self.singular.concat(), term.singular.concat());
        self.folded == term.folded
            || term.may_be_words && (own == typed || letters(self) == letters(term) && self.has_words_of(term))
    }

    fn starts_with(&self, term: &Self) -> bool {
        let start = || {
            let last = term.words.len() - 1;
            term.singular[..last].concat() + &term.words[last]
        };
        self.folded.starts_with(&term.folded) || term.may_be_words && self.singular.concat().starts_with(&start())
    }

    /// Every word, or it together with a neighbour, begins one, two or three words, or is the plural of them.
    fn has_words_of(&self, term: &Self) -> bool {
        let mut runs = Vec::new();
        for words in [&self.words, &self.singular] {
            for length in 1..=3 {
                runs.extend(words.windows(length).map(<[String]>::concat));
            }
        }
        let is_found = |range: std::ops::Range<usize>| {
            let (start, whole) = (term.words[range.clone()].concat(), term.singular[range].concat());
            runs.iter().any(|run| run.starts_with(&start) || *run == whole)
        };
        let last = term.words.len();
        term.may_be_words
            && (0..last)
                .all(|i| is_found(i..i + 1) || i > 0 && is_found(i - 1..i + 1) || i + 1 < last && is_found(i..i + 2))
    }
}

fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let letters = lower.chars().map(|c| match c {
        '\u{300}'..='\u{36f}' => String::new(),
        'å' | 'ä' => "a".into(),
        'ç' => "c".into(),
        'é' => "e".into(),
        'ı' | 'í' => "i".into(),
        'ł' => "l".into(),
        'ö' | 'ø' | 'ó' => "o".into(),
        'ş' => "s".into(),
        'ü' => "u".into(),
        'ź' => "z".into(),
        'æ' => "ae".into(),
        'ß' => "ss".into(),
        other => other.to_string(),
    });
    letters.collect()
}

fn words(folded: &str) -> Vec<String> {
    let text = folded.replace(['\'', '’', '‘', '`'], "").replace('&', " and ");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let written_out = words.map(|word| match word {
        "bb" => "barbell",
        "db" => "dumbbell",
        "kb" => "kettlebell",
        word => word,
    });
    written_out.map(str::to_owned).collect()
}

fn singular(word: &str) -> String {
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix("yes").and_then(|start| start.chars().last()) {
        Some(before) if !"aeiou".contains(before) => return word[..word.len() - 2].to_owned(),
        _ => {}
    }
    match (word.strip_suffix("ies"), word.strip_suffix("lves"), word.strip_suffix('s')) {
        (Some(start), ..) if start.chars().count() >= 2 => format!("{start}y"),
        (_, Some(start), _) => format!("{start}lf"),
        (.., Some(start)) if start.chars().count() >= 2 && !start.ends_with('s') => start.to_owned(),
        _ => word.to_owned(),
    }
}
