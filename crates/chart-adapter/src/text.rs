//! Texts: which characters may stand in a document, and how wide they will be.
//!
//! Nobody knows the font of whoever shows the document. Widths are those of `DejaVu Sans`, rounded up: the widest of the
//! fonts that browsers use for `sans-serif`.

use unicode_width::UnicodeWidthChar;

/// How much wider bold text is.
pub const BOLD: f64 = 1.13;

/// What is left of a text where there is no room for more of it.
const ELLIPSIS: char = '…';

/// A text without what XML forbids, which nobody could see anyway, and without what turns the direction of the text
/// around it. Line breaks and the like become blanks.
pub fn clean(text: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = |character: char| match character {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        other => (!other.is_control() && !turns(other)).then_some(other),
    };
    text.chars().filter_map(kept).collect()
}

/// About how wide a text is, in the unit of the font size. Rather too wide than too narrow.
pub fn width(text: &str, font_size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * font_size
}

/// As much of a text as is not wider than `room`.
pub fn fit(text: &str, font_size: f64, room: f64) -> String {
    if width(text, font_size) <= room {
        return text.to_owned();
    }
    let room = room - em(ELLIPSIS) * font_size;
    let mut used = 0.0;
    let is_inside = |character: &char| {
        used += em(*character) * font_size;
        used <= room
    };
    let kept: String = text.chars().take_while(is_inside).collect();
    match kept.trim_end() {
        "" => String::new(),
        kept => format!("{kept}{ELLIPSIS}"),
    }
}

/// The width of a character as part of the font size.
fn em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' | '!' | 'f' | 't' | 'r' | '(' | ')' | '-' => {
            0.42
        }
        'm' | 'M' | 'w' | 'W' | '@' | '%' | ELLIPSIS => 1.0,
        '0'..='9' | 'a'..='z' => 0.64,
        'A'..='Z' => 0.79,
        // Characters of two columns in a terminal are as wide as high, or a little wider as pictures are.
        other => match other.width() {
            Some(0) => 0.0,
            Some(2) => 1.25,
            _ => 0.9,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_goes_and_line_breaks_are_blanks() {
        assert_eq!(clean("a\u{0}b\u{1b}c\u{7f}d\u{9f}e\u{fffe}f"), "abcdef");
        assert_eq!(clean("a\nb\tc\u{2028}d"), "a b c d");
        assert_eq!(clean("\u{202e}ab\u{202c} \u{2067}שלום\u{2069}"), "ab שלום");
        assert_eq!(clean("Bench <Press> & 体重 👩‍👧"), "Bench <Press> & 体重 👩‍👧");
    }

    #[test]
    fn what_is_too_wide_is_shortened() {
        let room = width("Bench…", 12.0) + 0.01;
        for (text, expected) in [
            ("Bench", "Bench"),
            ("Bench Press", "Bench…"),
            ("", ""),
            ("体体体体体体", "体体…"),
            ("Benchmark", "Bench…"),
        ] {
            let fitting = fit(text, 12.0, room);
            assert_eq!(fitting, expected, "{text}");
            assert!(width(&fitting, 12.0) <= room);
        }
        assert_eq!(fit("Bench", 12.0, 5.0), "", "not even one letter");
    }

    #[test]
    fn marks_above_letters_have_no_width() {
        assert!((width("e\u{301}\u{301}", 10.0) - width("e", 10.0)).abs() < 1e-9);
        assert!(width("体", 10.0) >= 10.0);
    }
}
