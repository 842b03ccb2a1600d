//! Columns whose names say in what their numbers are.

use std::io::Read;

use crate::{
    FileError,
    table::{Column, Table},
};

/// A column of numbers, and the unit that its name says, if it says one.
pub(super) type Measure<U> = Option<(Column, Option<U>)>;

/// The column that measures something, which is called by one of these names, or by one of them and a unit.
///
/// # Errors
/// [`FileError::UnknownUnit`], and [`FileError::TwoUnits`] if there are several: nobody knows which of them counts.
pub(super) fn measure<R: Read, U>(
    table: &Table<R>,
    unit_in: impl Fn(&str) -> Option<&str>,
    from_name: impl Fn(&str) -> Option<U>,
) -> Result<Measure<U>, FileError> {
    let mut found: Measure<U> = None;
    for column in table.columns() {
        let Some(unit) = unit_in(column.name()) else { continue };
        let unit = match unit {
            "" => None,
            unit => Some(from_name(unit).ok_or_else(|| FileError::UnknownUnit { column: column.name().to_owned() })?),
        };
        if let Some((first, _)) = found {
            return Err(FileError::TwoUnits { columns: (first.name().to_owned(), column.name().to_owned()) });
        }
        found = Some((column, unit));
    }
    Ok(found)
}

/// The unit behind a word, in parentheses: `kg` in `Weight (kg)`, nothing in `Weight`. `None` if it is another column.
pub(super) fn in_parentheses<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    let rest = strip_word(name, word)?.trim_start();
    if rest.is_empty() { Some("") } else { Some(rest.strip_prefix('(')?.strip_suffix(')')?.trim()) }
}

/// The unit behind a word and an underscore: `kg` in `weight_kg`. `None` if it is another column.
pub(super) fn behind_underscore<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    strip_word(name, word)?.strip_prefix('_')
}

fn strip_word<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    name.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word)).map(|begin| &name[begin.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_in_the_names_of_columns() {
        for (name, unit) in [
            ("Weight (kg)", Some("kg")),
            ("weight(LBS)", Some("LBS")),
            ("Weight ( kg )", Some("kg")),
            ("Weight", Some("")),
            ("Weight ()", Some("")),
            ("Weight Unit", None),
            ("Weight (kg) 2", None),
            ("Weights", None),
            ("Body Weight", None),
            ("Wei", None),
            ("Weigh\u{2013}", None),
        ] {
            assert_eq!(in_parentheses(name, "Weight"), unit, "{name}");
        }
        assert_eq!(behind_underscore("WEIGHT_kg", "weight"), Some("kg"));
        assert_eq!(behind_underscore("weight", "weight"), None);
        assert_eq!(behind_underscore("weightkg", "weight"), None);
    }
}
