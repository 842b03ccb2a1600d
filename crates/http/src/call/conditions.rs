//! `If-Match` and `If-None-Match` (RFC 9110, section 13.1).

use actix_web::{
    HttpRequest,
    http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH},
};
use irontrack_application::Precondition;
use irontrack_domain::EntityTag;

/// What a request says about the state of the thing that it is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    /// The thing must be as this says.
    pub(crate) matches: Precondition,
    /// The client knows these forms of it already.
    known: Precondition,
}

impl Conditions {
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self { matches: header(request, &IF_MATCH), known: header(request, &IF_NONE_MATCH) }
    }

    /// Whether the client knows the thing in the form with this tag.
    pub(crate) fn is_known(&self, tag: &EntityTag) -> bool {
        match &self.known {
            Precondition::None => false,
            Precondition::Exists => true,
            Precondition::OneOf(tags) => tags.contains(tag),
        }
    }
}

/// The tags of all lines of a header. One that cannot be read names no tag at all: when in doubt nothing matches.
fn header(request: &HttpRequest, name: &HeaderName) -> Precondition {
    let lines: Vec<&[u8]> =
        request.headers().get_all(name).map(actix_web::http::header::HeaderValue::as_bytes).collect();
    if lines.is_empty() {
        return Precondition::None;
    }
    let joined = lines.join(&b","[..]);
    match std::str::from_utf8(&joined).map(str::trim) {
        Ok("*") => Precondition::Exists,
        Ok(list) => Precondition::OneOf(tags(list).unwrap_or_default()),
        Err(_) => Precondition::OneOf(Vec::new()),
    }
}

/// The strong tags of a list, in which weak ones may stand as well: they match nothing here.
fn tags(list: &str) -> Option<Vec<EntityTag>> {
    let mut tags = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Some(tags);
        }
        let (is_weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let (opaque, behind) = quoted.strip_prefix('"')?.split_once('"')?;
        // One that cannot be a tag of ours matches nothing, and neither does a weak one.
        tags.extend(EntityTag::parse(opaque).ok().filter(|_| !is_weak));
        rest = behind.trim_start_matches([' ', '\t']);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn tag(text: &str) -> EntityTag {
        EntityTag::parse(text).unwrap()
    }

    fn if_match(lines: &[&str]) -> Precondition {
        let request =
            lines.iter().fold(TestRequest::default(), |request, line| request.append_header((IF_MATCH, *line)));
        Conditions::of(&request.to_http_request()).matches
    }

    #[test]
    fn lists_weak_tags_and_stars_are_told_apart() {
        assert_eq!(if_match(&[]), Precondition::None);
        assert_eq!(if_match(&[" * "]), Precondition::Exists);
        for (lines, expected) in [
            (&["\"a\""][..], &["a"][..]),
            (&["\"a\", \"b,c\""], &["a", "b,c"]),
            (&["\"a\"", "\"b\""], &["a", "b"]),
            (&[", \"a\" ,, \"\" ,"], &["a", ""]),
            (&["W/\"a\", \"b\""], &["b"]),
            (&["W/\"a\""], &[]),
            (&["\"a b\", \"c\""], &["c"]),
        ] {
            let expected = Precondition::OneOf(expected.iter().map(|text| tag(text)).collect());
            assert_eq!(if_match(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_matches_nothing() {
        for malformed in ["", "a", "\"a", "\"a\" \"b\"", "\"a\"b", "*, \"a\"", "w/\"a\"", "\"a b\"", "\"ä\""] {
            assert_eq!(if_match(&[malformed]), Precondition::OneOf(vec![]), "{malformed:?}");
        }
    }

    #[test]
    fn a_form_is_known_by_its_tag() {
        let known = |line: &str| {
            let request = TestRequest::default().append_header((IF_NONE_MATCH, line)).to_http_request();
            Conditions::of(&request).is_known(&tag("a"))
        };
        assert!(known("\"a\"") && known("*") && known("\"b\", \"a\""));
        assert!(!known("\"b\"") && !known("W/\"a\"") && !known("a"));
        assert!(!Conditions::default().is_known(&tag("a")));
    }
}
