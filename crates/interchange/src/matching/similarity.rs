//! How much names are alike, word by word.

use std::collections::HashMap;

use super::{
    effort::Effort,
    words::{cost, likeness, words},
};

/// All words of all names. Names share most of their words, so that each is compared once for a question.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<String>,
    places: HashMap<String, usize>,
    /// To whom a name belongs, and its words.
    names: Vec<(usize, Vec<usize>)>,
    /// How many words all names have together.
    length: u64,
}

impl Vocabulary {
    /// Adds a name of a candidate.
    pub(super) fn add(&mut self, candidate: usize, name: &str) {
        let mut word = |word: String| {
            *self.places.entry(word).or_insert_with_key(|word| {
                self.words.push(word.clone());
                self.words.len() - 1
            })
        };
        let words: Vec<usize> = words(name).into_iter().map(&mut word).collect();
        self.length += words.len() as u64;
        self.names.push((candidate, words));
    }

    /// The candidate with the name that is most like this one, the first of equals, and how much in percent.
    pub(super) fn most_like(&self, name: &str, effort: &Effort) -> Option<(usize, u8)> {
        let words = words(name);
        let rows: Vec<Vec<f64>> =
            words.iter().map(|word| self.words.iter().map(|other| likeness(word, other)).collect()).collect();
        let compared = |word: &String| self.words.iter().map(|other| cost(word, other)).sum::<u64>() + self.length;
        effort.spend(words.iter().map(compared).sum());
        if rows.is_empty() {
            return None;
        }
        let score = |words: &[usize]| {
            let best_of_row = |row: &Vec<f64>| words.iter().map(|&word| row[word]).fold(0.0, f64::max);
            let best_of_word = |word: &usize| rows.iter().map(|row| row[*word]).fold(0.0, f64::max);
            let found: f64 = rows.iter().map(best_of_row).sum::<f64>() + words.iter().map(best_of_word).sum::<f64>();
            percent(found, rows.len() + words.len())
        };
        let scores = self.names.iter().map(|(candidate, words)| (*candidate, score(words)));
        scores.reduce(|best, next| {
            let is_better = next.1 > best.1 || (next.1 == best.1 && next.0 < best.0);
            if is_better { next } else { best }
        })
    }
}

fn percent(part: f64, whole: usize) -> u8 {
    let whole = f64::from(u32::try_from(whole).unwrap_or(u32::MAX));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
    let percent = (100.0 * part / whole).round() as u8;
    percent
}
