//! The cookies that carry the tokens.

use actix_web::{HttpRequest, HttpResponseBuilder, http::header};
use irontrack_ports::IssuedTokens;

/// How cookies are set.
#[derive(Debug, Clone)]
pub struct CookieSettings {
    /// Whether cookies are only sent over TLS.
    pub secure: bool,
    /// Whether cookie names carry the prefix `__Host-`, which browsers accept for secure cookies of one host only.
    pub host_prefix: bool,
    /// Life of the access cookie in seconds.
    pub access_max_age: u64,
    /// Life of the refresh cookie in seconds.
    pub refresh_max_age: u64,
}

impl CookieSettings {
    /// Name of the cookie with the access token.
    #[must_use]
    pub const fn access_name(&self) -> &'static str {
        if self.host_prefix { "__Host-access_token" } else { "access_token" }
    }

    /// Name of the cookie with the refresh token.
    #[must_use]
    pub const fn refresh_name(&self) -> &'static str {
        if self.host_prefix { "__Host-refresh_token" } else { "refresh_token" }
    }

    fn cookie(&self, name: &str, value: &str, max_age: u64, same_site: &str) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; HttpOnly; Max-Age={max_age}; Path=/; SameSite={same_site}{secure}")
    }

    /// Sets both cookies.
    pub(crate) fn set(&self, answer: &mut HttpResponseBuilder, tokens: &IssuedTokens) {
        self.both(answer, (&tokens.access, self.access_max_age), (&tokens.refresh, self.refresh_max_age));
    }

    /// Deletes both cookies. The attributes are those with which they were set.
    pub(crate) fn delete(&self, answer: &mut HttpResponseBuilder) {
        self.both(answer, ("", 0), ("", 0));
    }

    fn both(&self, answer: &mut HttpResponseBuilder, access: (&str, u64), refresh: (&str, u64)) {
        let access = self.cookie(self.access_name(), access.0, access.1, "lax");
        let refresh = self.cookie(self.refresh_name(), refresh.0, refresh.1, "strict");
        answer.append_header((header::SET_COOKIE, access));
        answer.append_header((header::SET_COOKIE, refresh));
    }
}

/// The value of a cookie as sent. Of several with one name the first counts, as the one with the longest path.
pub(crate) fn read<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get_all(header::COOKIE).flat_map(|value| value.as_bytes().split(|byte| *byte == b';')).find_map(
        |pair| {
            let pair = pair.trim_ascii();
            let middle = pair.iter().position(|byte| *byte == b'=')?;
            // Only the value that is looked for must be text: other applications of the host have cookies as they like.
            (&pair[..middle] == name.as_bytes()).then(|| std::str::from_utf8(&pair[middle + 1..]).unwrap_or_default())
        },
    )
}

#[cfg(test)]
mod tests {
    use actix_web::{HttpResponse, test::TestRequest};

    use super::*;

    #[test]
    fn attributes_stand_in_the_order_of_the_contract() {
        let settings =
            CookieSettings { secure: true, host_prefix: true, access_max_age: 1800, refresh_max_age: 604_800 };
        let mut answer = HttpResponse::NoContent();
        settings.set(&mut answer, &IssuedTokens { access: "a".into(), refresh: "r".into() });
        let answer = answer.finish();
        let cookies: Vec<_> = answer.headers().get_all(header::SET_COOKIE).map(|v| v.to_str().unwrap()).collect();
        assert_eq!(
            cookies,
            [
                "__Host-access_token=a; HttpOnly; Max-Age=1800; Path=/; SameSite=lax; Secure",
                "__Host-refresh_token=r; HttpOnly; Max-Age=604800; Path=/; SameSite=strict; Secure",
            ]
        );
    }

    #[test]
    fn cookies_are_found_among_others_and_across_headers() {
        let request = TestRequest::default()
            .append_header((
                header::COOKIE,
                header::HeaderValue::from_bytes("n=José; access_token=abc=d".as_bytes()).unwrap(),
            ))
            .append_header((header::COOKIE, "refresh_token="))
            .to_http_request();
        assert_eq!(read(&request, "access_token"), Some("abc=d"));
        assert_eq!(read(&request, "refresh_token"), Some(""));
        assert_eq!(read(&request, "token"), None);
    }
}
