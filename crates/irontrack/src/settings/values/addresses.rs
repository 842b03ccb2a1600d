//! Addresses of people, pages and proxies.

use irontrack_domain::account::Email;
use irontrack_http::TrustedProxies;

use crate::settings::{Problem, reader::Reader};

impl Reader<'_> {
    pub(in crate::settings) fn email(&mut self, name: &'static str, default: &str) -> Result<Email, Problem> {
        let accepted = |violation| format!("an e-mail address, but it {violation}");
        let default = Email::parse(default).map_err(|violation| Problem::wrong(name, &accepted(violation)))?;
        self.read(name, default, |email| Some(email.to_string()), |text| Email::parse(text).map_err(accepted))
    }

    /// An `http` or `https` address, without its final slash.
    pub(in crate::settings) fn web_address(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.optional(name, |address| {
            match address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) {
                Some(rest) if !rest.is_empty() && !rest.starts_with('/') => {
                    Ok(address.trim_end_matches('/').to_owned())
                }
                _ => Err("an address such as https://images.example.com".to_owned()),
            }
        })
    }

    /// A comma-separated list of origins.
    pub(in crate::settings) fn origins(&mut self, name: &'static str) -> Result<Vec<String>, Problem> {
        let accepted = "origins such as https://app.example.com, separated by commas";
        self.read(name, Vec::new(), |_| None, |list| origins(list).ok_or_else(|| accepted.to_owned()))
    }

    /// One origin.
    pub(in crate::settings) fn origin(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.read(
            name,
            None,
            |_| None,
            |text| match origins(text) {
                Some(mut origins) if origins.len() <= 1 => Ok(origins.pop()),
                _ => Err("one origin such as https://app.example.com".to_owned()),
            },
        )
    }

    pub(in crate::settings) fn proxies(&mut self, name: &'static str) -> Result<TrustedProxies, Problem> {
        self.read(
            name,
            TrustedProxies::default(),
            |_| None,
            |list| {
                TrustedProxies::parse(list)
                    .map_err(|entry| format!("addresses or networks separated by commas, but '{entry}' is neither"))
            },
        )
    }
}

/// Origins have scheme, host and port, and no path. `None` if one of them is something else.
fn origins(list: &str) -> Option<Vec<String>> {
    let origins = list.split(',').map(|origin| origin.trim().trim_end_matches('/')).filter(|origin| !origin.is_empty());
    origins.map(origin).collect()
}

/// An origin as browsers write it: in lower case, without the port that the scheme implies.
fn origin(text: &str) -> Option<String> {
    let (scheme, host) = text.split_once("://")?;
    let implied = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    if host.is_empty() || host.contains(['/', '*', '@', '?', '#']) {
        return None;
    }
    let origin = text.to_ascii_lowercase();
    Some(origin.strip_suffix(implied).map_or(origin.clone(), str::to_owned))
}
