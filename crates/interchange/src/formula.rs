//! Cells that a spreadsheet would take for a formula.
//!
//! A text can do harm where somebody opens the file in a spreadsheet if it begins with `=`, `+`, `-` or `@`, also behind
//! blanks, or with a tab or the end of a line, which some programs take away or take for the next cell. Such a cell gets an
//! apostrophe in front, which is not shown there. One that has apostrophes there already gets one more, so that none gets
//! lost on the way back.

use std::borrow::Cow;

/// What formulas begin with, in the widths that programs understand.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether it is dangerous behind any number of apostrophes.
fn is_dangerous(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS)
}

/// A text as it is written into a cell.
pub(crate) fn disarm(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was written into a cell.
pub(crate) fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_dangerous(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_texts() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''@", "\t=1", "\r1", "\n1", "  -1", "\u{a0}@x", "＝1", "\tx", "'\n",
        ] {
            assert_eq!(disarm(text), format!("'{text}"), "{text}");
            assert_eq!(restore(&disarm(text)), text);
        }
        for text in ["", "1=1", "'", "'tis", " x", "Squat", "' x", "x\t=1"] {
            assert_eq!(disarm(text), text);
            assert_eq!(restore(text), text);
        }
        assert_eq!(restore("=1"), "=1", "as other apps write it");
    }

    proptest! {
        #![proptest_config(crate::cases::config())]

        #[test]
        fn texts_come_back(text in "['=+@a\t\r\n \u{a0}＝-]{0,6}|\\PC*") {
            let cell = disarm(&text);
            prop_assert_eq!(restore(&cell), text.as_str());
            let begin = cell.trim_start();
            prop_assert!(!begin.starts_with(SIGNS) && !cell.starts_with(['\t', '\r', '\n']), "{:?}", cell);
        }
    }
}
