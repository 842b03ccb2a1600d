//! E-mail addresses.
//!
//! The syntax is that of RFC 5321 and RFC 6531 (dot-atom local parts, internationalised addresses), narrowed so that
//! two spellings which a person would take for the same address are one address or refused: the local part is kept in
//! Unicode normalisation form C and may hold only characters that compatibility normalisation leaves alone and whose
//! lower case is unambiguous; the domain is kept in its lower-case Unicode form (UTS #46).

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{EmailProblem, Violation};

/// A valid e-mail address: `local@domain`, the local part in the spelling of its owner, the domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Email(String);

/// Top-level domains that are reserved and never receive mail (RFC 2606, RFC 6761, RFC 6762, RFC 7686).
const RESERVED: [&str; 6] = ["arpa", "invalid", "local", "localhost", "onion", "test"];

impl Email {
    /// The most bytes of an address (RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets).
    pub const MAX_BYTES: usize = 254;

    /// Reads an address. Surrounding blanks and a display name (`Jo <jo@example.org>`) are dropped.
    ///
    /// # Errors
    /// [`Violation::Email`] with the reason.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        Self::read(text).map_err(Violation::Email)
    }

    fn read(text: &str) -> Result<Self, EmailProblem> {
        let address = without_display_name(text.trim());
        let (local, domain) = address.rsplit_once('@').ok_or(EmailProblem::NoAtSign)?;
        let local = local_part(local)?;
        let domain = domain_part(domain)?;
        let email = Self(format!("{local}@{domain}"));
        // The lower-case spelling can be the longer one, and both are stored.
        if email.0.len().max(email.canonical().len()) > Self::MAX_BYTES {
            return Err(EmailProblem::TooLong);
        }
        Ok(email)
    }

    /// The address as its owner writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The spelling by which two addresses are compared: all in lower case.
    #[must_use]
    pub fn canonical(&self) -> String {
        lower_case(&self.0)
    }

    /// The same address in its canonical spelling.
    #[must_use]
    pub fn into_canonical(self) -> Self {
        Self(self.canonical())
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Character by character, as PostgreSQL does it: a sigma at the end of a word is no exception.
fn lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn without_display_name(text: &str) -> &str {
    match text.strip_suffix('>').and_then(|inner| inner.rsplit_once('<')) {
        Some((name, address)) if !name.contains(['<', '>', '@']) => address.trim(),
        _ => text,
    }
}

fn local_part(local: &str) -> Result<String, EmailProblem> {
    if local.is_empty() {
        return Err(EmailProblem::EmptyLocalPart);
    }
    if local.starts_with('"') {
        return Err(EmailProblem::QuotedLocalPart);
    }
    let local: String = local.nfc().collect();
    check_periods(&local)?;
    if let Some(c) = local.chars().find(|&c| c != '.' && !is_local_character(c)) {
        return Err(EmailProblem::LocalPartCharacter(shown(c)));
    }
    if local.len().max(lower_case(&local).len()) > 64 {
        return Err(EmailProblem::LocalPartTooLong);
    }
    Ok(local)
}

fn is_local_character(c: char) -> bool {
    if c.is_ascii() {
        // atext of RFC 5322, 3.2.3
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && is_unambiguous(c)
}

/// Whether nobody can take the character for another one in a different case or width: `ß` (upper case `SS`), `ı`,
/// `İ`, final sigma and full-width letters are ambiguous.
fn is_unambiguous(c: char) -> bool {
    let mut lower = c.to_lowercase();
    let (Some(only), None) = (lower.next(), lower.next()) else {
        return false;
    };
    let round_trip: String = only.to_uppercase().flat_map(char::to_lowercase).collect();
    std::iter::once(c).nfkc().eq(std::iter::once(c).nfc()) && round_trip.chars().eq(std::iter::once(only))
}

fn domain_part(domain: &str) -> Result<String, EmailProblem> {
    if domain.is_empty() {
        return Err(EmailProblem::EmptyDomain);
    }
    if domain.starts_with('[') {
        return Err(EmailProblem::BracketedAddress);
    }
    check_periods(domain)?;
    if let Some(c) = domain.chars().find(|&c| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '-' && c != '.') {
        return Err(EmailProblem::DomainCharacter(shown(c)));
    }
    // Strict means: STD3 rules, lengths of labels and name, no leading or trailing hyphens.
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| EmailProblem::InvalidDomain)?;
    let (unicode, valid) = idna::domain_to_unicode(&ascii);
    if valid.is_err() {
        return Err(EmailProblem::InvalidDomain);
    }
    // Mapping can produce periods out of other full stops, so look again.
    check_periods(&unicode)?;
    // Of some scripts (Cherokee) the mapping keeps the upper case: their lower-case spelling is not the one kept here.
    let is_kept = |c: char| c.to_lowercase().eq(std::iter::once(c));
    if let Some(c) = unicode.chars().find(|&c| !(c.is_ascii() || is_unambiguous(c) && is_kept(c))) {
        return Err(EmailProblem::DomainCharacter(shown(c)));
    }
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err(if RESERVED.contains(&ascii.as_str()) {
            EmailProblem::ReservedDomain
        } else {
            EmailProblem::NoPeriod
        });
    };
    if !top.contains(|c: char| c.is_ascii_alphabetic()) {
        return Err(EmailProblem::NoPeriod);
    }
    if RESERVED.contains(&top) {
        return Err(EmailProblem::ReservedDomain);
    }
    Ok(unicode)
}

fn check_periods(part: &str) -> Result<(), EmailProblem> {
    if part.starts_with('.') {
        return Err(EmailProblem::PeriodAtEdge("start"));
    }
    if part.ends_with('.') {
        return Err(EmailProblem::PeriodAtEdge("end"));
    }
    if part.contains("..") {
        return Err(EmailProblem::TwoPeriods);
    }
    Ok(())
}

/// A character as it may stand in a message: quoted, and escaped unless it is printable.
fn shown(c: char) -> String {
    format!("{c:?}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> String {
        Email::parse(text).unwrap_or_else(|e| panic!("{text:?}: {e}")).0
    }

    fn problem(text: &str) -> EmailProblem {
        match Email::parse(text) {
            Err(Violation::Email(problem)) => problem,
            other => panic!("{text:?} gave {other:?}"),
        }
    }

    #[test]
    fn blanks_display_name_and_domain_spelling_are_normalised() {
        assert_eq!(parsed("  Jo.Doe+gym@EXAMPLE.com "), "Jo.Doe+gym@example.com");
        assert_eq!(parsed("Jo Doe <jo@example.org>"), "jo@example.org");
        assert_eq!(parsed("<jo@example.org>"), "jo@example.org");
        assert_eq!(parsed("jo@xn--mnchen-3ya.de"), "jo@münchen.de");
        assert_eq!(parsed("jo@MÜNCHEN.de"), "jo@münchen.de");
        assert_eq!(parsed("jo@ｅｘａｍｐｌｅ.com"), "jo@example.com");
        assert_eq!(parsed("ju\u{308}rgen@example.com"), "j\u{fc}rgen@example.com");
    }

    #[test]
    fn every_refusal_names_its_reason() {
        assert_eq!(problem(""), EmailProblem::NoAtSign);
        assert_eq!(problem("@example.com"), EmailProblem::EmptyLocalPart);
        assert_eq!(problem("jo@"), EmailProblem::EmptyDomain);
        assert_eq!(problem("\"jo\"@example.com"), EmailProblem::QuotedLocalPart);
        assert_eq!(problem("jo@[127.0.0.1]"), EmailProblem::BracketedAddress);
        assert_eq!(problem("jo@example"), EmailProblem::NoPeriod);
        assert_eq!(problem("jo@10.0.0.1"), EmailProblem::NoPeriod);
        assert_eq!(problem("jo@localhost"), EmailProblem::ReservedDomain);
        assert_eq!(problem("jo@gym.test"), EmailProblem::ReservedDomain);
        assert_eq!(problem("jo@gym.local"), EmailProblem::ReservedDomain);
        assert_eq!(problem("jo@example.com."), EmailProblem::PeriodAtEdge("end"));
        assert_eq!(problem(".jo@example.com"), EmailProblem::PeriodAtEdge("start"));
        assert_eq!(problem("jo..doe@example.com"), EmailProblem::TwoPeriods);
        assert_eq!(problem("jo@ex_ample.com"), EmailProblem::DomainCharacter("'_'".into()));
        assert_eq!(problem("j o@example.com"), EmailProblem::LocalPartCharacter("' '".into()));
        assert_eq!(problem("jo\0@example.com"), EmailProblem::LocalPartCharacter("'\\0'".into()));
        assert_eq!(problem("jo@doe@example.com"), EmailProblem::LocalPartCharacter("'@'".into()));
        assert_eq!(problem(&format!("{}@example.com", "x".repeat(65))), EmailProblem::LocalPartTooLong);
        assert_eq!(problem(&format!("{}@example.com", "Ⱥ".repeat(32))), EmailProblem::LocalPartTooLong);
        assert_eq!(problem(&format!("jo@{}com", "abcdefghi.".repeat(26))), EmailProblem::InvalidDomain);
    }

    #[test]
    fn look_alikes_are_one_address_or_refused() {
        for ambiguous in ["İ", "ı", "ß", "ẞ", "ς", "ｊ", "ﬁ", "ŉ", "²", "𝐣"] {
            assert_eq!(
                problem(&format!("{ambiguous}o@example.com")),
                EmailProblem::LocalPartCharacter(format!("'{ambiguous}'"))
            );
        }
        for (one, other) in [
            ("JÜRGEN", "ju\u{308}rgen"),
            ("ΣOFIA", "σofia"),
            ("ΣΟΦΟΣ", "σοφοσ"),
            ("\u{212a}im", "kim"),
            ("\u{212b}sa", "åsa"),
        ] {
            let canonical = |local: &str| Email::parse(&format!("{local}@example.com")).unwrap().canonical();
            assert_eq!(canonical(one), canonical(other), "{one} {other}");
        }
    }

    #[test]
    fn a_domain_whose_mapping_is_not_its_lower_case_is_refused() {
        // U+13A0, which UTS #46 keeps, and its lower case U+AB70, which it maps to U+13A0.
        for domain in ["\u{13a0}.com", "\u{ab70}.com"] {
            assert!(Email::parse(&format!("jo@{domain}")).is_err(), "{domain} was accepted");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_a_fixed_point(text in "\\PC{0,20}@\\PC{1,15}\\.(com|de|org)") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                let canonical = email.clone().into_canonical();
                prop_assert_eq!(Email::parse(canonical.as_str()), Ok(canonical.clone()));
                prop_assert_eq!(canonical.canonical(), email.canonical());
                prop_assert!(email.as_str().len() <= Email::MAX_BYTES);
            }
        }
    }
}
