//! What the system catalogue has to keep to, besides what its reader refuses. A rule is a function that answers what
//! breaks it, by the names of the exercises; its test asks it about the real catalogue, which must be in order, and
//! about the same catalogue with a mistake in it, which must be noticed. Needs no database.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod coverage;
mod entries;
mod fields;
mod names;
mod programmes;
mod searches;
mod sense;
mod texts;
mod trigrams;
mod words;

use entries::Catalogue;

/// What breaks a rule, one sentence each.
type Findings = Vec<String>;

/// Fails with everything that breaks the rule.
fn holds(rule: fn(&Catalogue) -> Findings) {
    let findings = rule(&Catalogue::read());
    assert!(findings.is_empty(), "expected a catalogue in order, found\n{}", findings.join("\n"));
}

/// Fails unless the rule finds exactly this when the catalogue has been changed like that.
fn notices(rule: fn(&Catalogue) -> Findings, change: impl FnOnce(&mut Catalogue), finding: &str) {
    let mut catalogue = Catalogue::read();
    change(&mut catalogue);
    assert_eq!(rule(&catalogue), [finding], "expected the mistake to be found, and nothing else");
}
