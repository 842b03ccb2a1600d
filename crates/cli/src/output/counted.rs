//! Numbers of things.

use std::fmt::Display;

/// A number and what it counts: `1 session`, `2 sessions`.
pub fn counted<N: Display + Copy + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one() {
        assert_eq!([0, 1, 2].map(|n: usize| counted(n, "entry", "entries")), ["0 entries", "1 entry", "2 entries"]);
    }
}
