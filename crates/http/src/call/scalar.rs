//! Reading numbers, choices and ids out of text, as leniently as the contract demands.

use uuid::Uuid;

use super::violations::{Location, Read, Violations};

/// Reads an integer of any size that people write: an optional sign, digits, also with blanks around and with a
/// fraction of zeros.
pub(super) fn integer(text: &str, at: &Location, violations: &mut Violations) -> Read<i128> {
    let number = text.trim();
    let number = match number.split_once('.') {
        Some((whole, zeros)) if !whole.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => "",
        None => number,
    };
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return violations.record(
            at,
            "int_parsing",
            "Input should be a valid integer, unable to parse string as an integer",
        );
    }
    match number.parse() {
        Ok(value) => Ok(value),
        Err(_) => violations.record(
            at,
            "int_parsing_size",
            "Unable to parse input string as an integer, exceeded maximum size",
        ),
    }
}

/// Reads a truth value in one of the words for it, in any case.
pub(super) fn boolean(text: &str, at: &Location, violations: &mut Violations) -> Read<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
        "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
        _ => violations.record(at, "bool_parsing", "Input should be a valid boolean, unable to interpret input"),
    }
}

/// Refuses a number outside `min..=max`.
pub(super) fn in_range(
    value: i128,
    min: i128,
    max: Option<i128>,
    at: &Location,
    violations: &mut Violations,
) -> Read<i128> {
    if value < min {
        return violations.record(at, "greater_than_equal", format!("Input should be greater than or equal to {min}"));
    }
    match max {
        Some(max) if value > max => {
            violations.record(at, "less_than_equal", format!("Input should be less than or equal to {max}"))
        }
        _ => Ok(value),
    }
}

/// Reads one of several names, exactly as spelled.
pub(super) fn choice<T: Copy>(
    text: &str,
    kind: &'static str,
    choices: &[(&str, T)],
    at: &Location,
    violations: &mut Violations,
) -> Read<T> {
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
        return Ok(*value);
    }
    let quoted: Vec<String> = choices.iter().map(|(name, _)| format!("'{name}'")).collect();
    let message = match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    violations.record(at, kind, format!("Input should be {message}"))
}

/// Reads a UUID: hyphenated, 32 digits, in braces or as a URN, in any case.
pub(super) fn uuid(text: &str, at: &Location, violations: &mut Violations) -> Read<Uuid> {
    match Uuid::try_parse(text) {
        Ok(id) => Ok(id),
        Err(error) => violations.record(at, "uuid_parsing", format!("Input should be a valid UUID, {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(run: impl FnOnce(&Location, &mut Violations) -> Read<T>) -> Result<T, (&'static str, String)> {
        let mut violations = Violations::default();
        run(&Location::body(), &mut violations).map_err(|_| {
            let entry = violations.into_details().remove(0);
            (entry.kind, entry.message)
        })
    }

    #[test]
    fn integers_are_read_leniently() {
        for (text, expected) in [("3", 3), (" 3 ", 3), ("-1", -1), ("+7", 7), ("2.0", 2), ("007", 7)] {
            assert_eq!(read(|at, v| integer(text, at, v)), Ok(expected), "{text:?}");
        }
        assert_eq!(read(|at, v| integer("99999999999999999999", at, v)), Ok(99_999_999_999_999_999_999));
        for text in ["", " ", "x", "1,2", "1.5", ".0", "1e3", "--1", "٣"] {
            assert_eq!(read(|at, v| integer(text, at, v)).map_err(|e| e.0), Err("int_parsing"), "{text:?}");
        }
        let endless = "9".repeat(60);
        assert_eq!(read(|at, v| integer(&endless, at, v)).map_err(|e| e.0), Err("int_parsing_size"));
    }

    #[test]
    fn ranges_name_their_limits() {
        let message = |value| read(|at, v| in_range(value, 1, Some(100), at, v)).map_err(|e| e.1);
        assert_eq!(message(1), Ok(1));
        assert_eq!(message(0), Err("Input should be greater than or equal to 1".to_owned()));
        assert_eq!(message(101), Err("Input should be less than or equal to 100".to_owned()));
    }

    #[test]
    fn choices_are_listed_in_order() {
        let message = |choices: &[(&str, u8)]| read(|at, v| choice("x", "enum", choices, at, v)).unwrap_err().1;
        assert_eq!(message(&[("a", 1)]), "Input should be 'a'");
        assert_eq!(message(&[("a", 1), ("b", 2)]), "Input should be 'a' or 'b'");
        assert_eq!(message(&[("a", 1), ("b", 2), ("c", 3)]), "Input should be 'a', 'b' or 'c'");
    }

    #[test]
    fn uuids_are_read_in_all_four_forms() {
        let id = Uuid::from_u128(0x0192_a000_0000_7000_8000_0000_0000_0001);
        for text in [
            id.hyphenated().to_string(),
            id.simple().to_string().to_uppercase(),
            id.braced().to_string(),
            id.urn().to_string(),
        ] {
            assert_eq!(read(|at, v| uuid(&text, at, v)), Ok(id), "{text}");
        }
        let (kind, message) = read(|at, v| uuid("abc", at, v)).unwrap_err();
        assert_eq!(kind, "uuid_parsing");
        assert!(message.starts_with("Input should be a valid UUID, "), "{message}");
    }
}
