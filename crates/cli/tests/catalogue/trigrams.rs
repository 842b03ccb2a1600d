//! The similarity of texts, as `similarity` of PostgreSQL's extension `pg_trgm` defines it: the share of trigrams that two
//! texts have in common among all that they have. A trigram is three characters in a row of a word, in lower case, with
//! two blanks before and one after it; how often one occurs does not matter.
//!
//! It is a known measure, and a strict one for texts made from a template: exchanging one word in six still leaves most
//! trigrams as they were, while it breaks half of the sequences of three words.

use std::collections::{BTreeMap, BTreeSet};

/// Gives every trigram a number, so that a set of them is a row of bits.
#[derive(Default)]
pub struct Numbered(BTreeMap<[char; 3], usize>);

/// The trigrams of one text.
pub struct TrigramSet(Vec<u64>);

impl Numbered {
    pub fn set(&mut self, text: &str) -> TrigramSet {
        let mut bits = Vec::new();
        for trigram in trigrams(text) {
            let next = self.0.len();
            let number = *self.0.entry(trigram).or_insert(next);
            if bits.len() <= number / 64 {
                bits.resize(number / 64 + 1, 0);
            }
            bits[number / 64] |= 1 << (number % 64);
        }
        TrigramSet(bits)
    }
}

fn trigrams(text: &str) -> BTreeSet<[char; 3]> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let padded = words.map(|word| format!("  {word} ").chars().collect::<Vec<_>>());
    padded.flat_map(|word| word.windows(3).map(|three| [three[0], three[1], three[2]]).collect::<Vec<_>>()).collect()
}

impl TrigramSet {
    /// From 0, nothing in common, to 1, the same trigrams.
    pub fn similarity(&self, other: &Self) -> f64 {
        let count = |bits: &[u64]| bits.iter().map(|word| word.count_ones()).sum::<u32>();
        let common = self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum::<u32>();
        let all = count(&self.0) + count(&other.0) - common;
        if all == 0 { 1.0 } else { f64::from(common) / f64::from(all) }
    }
}

/// The first is the example in the documentation of `pg_trgm`.
#[test]
fn similarity_is_that_of_pg_trgm() {
    let table = [("word", "two words", 0.363_636), ("Squat", "squat!", 1.0), ("abc", "xyz", 0.0), ("a a a", "a", 1.0)];
    for (one, other, similarity) in table {
        let mut numbered = Numbered::default();
        let (one_set, other_set) = (numbered.set(one), numbered.set(other));
        assert!((one_set.similarity(&other_set) - similarity).abs() < 1e-6, "{one} and {other}");
        assert!((other_set.similarity(&one_set) - similarity).abs() < 1e-6, "{other} and {one}");
    }
}
