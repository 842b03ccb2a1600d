//! Parameters in the query string.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use irontrack_domain::{SearchTerm, Violation};
use uuid::Uuid;

use super::{
    moment, scalar,
    violations::{Location, Read, Violations},
};

/// A name on the wire in its two spellings.
pub(crate) type Spellings = (&'static str, &'static str);

/// The query parameters of a request. Each can be named in camel case or in snake case; where both stand, camel case
/// counts and the other one is unknown.
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
}

impl Query {
    pub(crate) fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { pairs, known: Vec::new() }
    }

    /// All values of a parameter, in order, and the spelling that was used.
    fn values(&mut self, (camel, snake): Spellings) -> (&'static str, Vec<&str>) {
        let name = if camel == snake || self.pairs.iter().any(|(key, _)| key == camel) { camel } else { snake };
        self.known.push(name);
        (name, self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect())
    }

    /// The last value of a parameter.
    fn last(&mut self, spellings: Spellings) -> Option<(Location, String)> {
        let (name, values) = self.values(spellings);
        values.last().map(|value| (location(name), (*value).to_owned()))
    }

    /// An optional text.
    pub(crate) fn text(&mut self, name: &'static str, violations: &mut Violations) -> Read<Option<String>> {
        match self.last((name, name)) {
            Some((at, text)) if text.contains('\0') => {
                violations.record(&at, "string_nul", "String should not contain NUL characters")
            }
            found => Ok(found.map(|(_, text)| text)),
        }
    }

    /// An optional search term; a blank one is none.
    pub(crate) fn search(&mut self, spellings: Spellings, violations: &mut Violations) -> Read<Option<SearchTerm>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        SearchTerm::parse(&text).or_else(|violation| violations.record_rule(&at, &violation))
    }

    /// An optional value that satisfies a rule.
    pub(crate) fn value<T>(
        &mut self,
        spellings: Spellings,
        rule: impl FnOnce(&str) -> Result<T, Violation>,
        violations: &mut Violations,
    ) -> Read<Option<T>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        rule(&text).map(Some).or_else(|violation| violations.record_rule(&at, &violation))
    }

    /// A value that must be there.
    pub(crate) fn required<T>(
        &mut self,
        (camel, _): Spellings,
        violations: &mut Violations,
        read: impl FnOnce(&mut Self, &mut Violations) -> Read<Option<T>>,
    ) -> Read<T> {
        match read(self, violations)? {
            Some(value) => Ok(value),
            None => violations.record(&location(camel), "missing", "Field required"),
        }
    }

    /// An optional integer within limits.
    pub(crate) fn integer(
        &mut self,
        spellings: Spellings,
        min: i128,
        max: Option<i128>,
        violations: &mut Violations,
    ) -> Read<Option<i128>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        let value = scalar::integer(&text, &at, violations)?;
        scalar::in_range(value, min, max, &at, violations).map(Some)
    }

    /// A list of integers: the parameter repeated. Numbers beyond 64 bits are kept as the nearest one.
    pub(crate) fn integers(&mut self, spellings: Spellings, violations: &mut Violations) -> Read<Vec<i64>> {
        let (name, values) = self.values(spellings);
        let at = location(name);
        // Every element is read, so that every wrong one is reported.
        let read: Vec<Read<i128>> = values.iter().map(|text| scalar::integer(text, &at, violations)).collect();
        read.into_iter().map(|number| number.map(saturate)).collect()
    }

    /// An optional choice of a list of names; `kind` is how the wire calls a wrong one.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        spellings: Spellings,
        kind: &'static str,
        choices: &[(&str, T)],
        violations: &mut Violations,
    ) -> Read<Option<T>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        scalar::choice(&text, kind, choices, &at, violations).map(Some)
    }

    /// An optional UUID.
    pub(crate) fn uuid(&mut self, spellings: Spellings, violations: &mut Violations) -> Read<Option<Uuid>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        scalar::uuid(&text, &at, violations).map(Some)
    }

    /// An optional truth value.
    pub(crate) fn boolean(&mut self, spellings: Spellings, violations: &mut Violations) -> Read<Option<bool>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        scalar::boolean(&text, &at, violations).map(Some)
    }

    /// An optional time, not as a number.
    pub(crate) fn moment(&mut self, spellings: Spellings, violations: &mut Violations) -> Read<Option<DateTime<Utc>>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        moment::moment_in_query(&text, &at, violations).map(Some)
    }

    /// An optional time, also as seconds since 1970.
    pub(crate) fn timestamp(
        &mut self,
        spellings: Spellings,
        violations: &mut Violations,
    ) -> Read<Option<DateTime<Utc>>> {
        let Some((at, text)) = self.last(spellings) else { return Ok(None) };
        moment::timestamp(&text, &at, violations).map(Some)
    }

    /// Records every parameter that was not asked for.
    pub(crate) fn refuse_others(self, violations: &mut Violations) {
        let mut reported: HashSet<&str> = HashSet::new();
        for (key, _) in &self.pairs {
            if violations.is_full() {
                return;
            }
            if !self.known.contains(&key.as_str()) && reported.insert(key) {
                let _recorded: Read<()> =
                    violations.record(&location(key), "extra_forbidden", "Extra inputs are not permitted");
            }
        }
    }
}

/// The nearest number of 64 bits.
pub(crate) fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn location(name: &str) -> Location {
    Location { field: name.to_owned(), path: format!("?{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE_SIZE: Spellings = ("pageSize", "page_size");
    const TAGS: Spellings = ("tags", "tags");

    fn kinds(violations: Violations) -> Vec<(&'static str, String)> {
        violations.into_details().into_iter().map(|entry| (entry.kind, entry.path)).collect()
    }

    #[test]
    fn the_last_value_counts_in_either_spelling() {
        let mut violations = Violations::default();
        for (query, expected) in [("pageSize=3&pageSize=4", Some(4)), ("page_size=5", Some(5)), ("x=1", None)] {
            let read = Query::parse(query).integer(PAGE_SIZE, 1, Some(100), &mut violations);
            assert_eq!(read.ok(), Some(expected), "{query}");
        }
        assert!(violations.is_empty());
    }

    #[test]
    fn camel_case_wins_and_the_other_spelling_is_unknown() {
        let mut violations = Violations::default();
        let mut query = Query::parse("page_size=5&pageSize=4&zz=1&zz=2");
        assert_eq!(query.integer(PAGE_SIZE, 1, None, &mut violations).ok(), Some(Some(4)));
        query.refuse_others(&mut violations);
        assert_eq!(
            kinds(violations),
            [("extra_forbidden", "?page_size".to_owned()), ("extra_forbidden", "?zz".to_owned())]
        );
    }

    #[test]
    fn lists_report_every_wrong_element_under_their_own_name() {
        let mut violations = Violations::default();
        assert_eq!(Query::parse("tags=1&tags=2").integers(TAGS, &mut violations).ok(), Some(vec![1, 2]));
        assert_eq!(Query::parse("").integers(TAGS, &mut violations).ok(), Some(vec![]));
        assert!(Query::parse("tags=1,2&tags=3&tags=x").integers(TAGS, &mut violations).is_err());
        assert_eq!(kinds(violations), [("int_parsing", "?tags".to_owned()), ("int_parsing", "?tags".to_owned())]);
    }
}
