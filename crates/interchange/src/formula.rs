//! Cells that a spreadsheet would take for a formula.
//!
//! A text that begins with `=`, `+`, `-` or `@` can do harm where somebody opens the file in a spreadsheet. Such a cell gets
//! an apostrophe in front, which is not shown there. One that has apostrophes there already gets one more, so that
//! none gets lost on the way back.

use std::borrow::Cow;

/// Whether it is a formula behind any number of apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

/// A text as it is written into a cell.
pub(crate) fn disarm(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was written into a cell.
pub(crate) fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_texts() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''@"] {
            assert_eq!(disarm(text), format!("'{text}"), "{text}");
        }
        for text in ["", "1=1", "'", "'tis", " =1", "Squat"] {
            assert_eq!(disarm(text), text);
            assert_eq!(restore(text), text);
        }
        assert_eq!(restore("=1"), "=1", "as other apps write it");
    }

    proptest! {
        #[test]
        fn texts_come_back(text in "['=+@a-]{0,6}|\\PC*") {
            let cell = disarm(&text);
            prop_assert_eq!(restore(&cell), text.as_str());
            prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
        }
    }
}
