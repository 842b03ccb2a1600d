//! Form bodies, URL-encoded or multipart.

use std::convert::Infallible;

use actix_web::web::Bytes;

use super::violations::{Location, Read, Violations};
use crate::problem::Problem;

/// The fields of a form, in order.
#[derive(Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form. Anything that is no form has no fields.
    pub(super) async fn parse(content_type: &str, bytes: Bytes) -> Result<Self, Problem> {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/x-www-form-urlencoded" => {
                if percent_encoding::percent_decode(&bytes).decode_utf8().is_err() {
                    return Err(Problem::bad_body("There was an error parsing the body"));
                }
                Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
            }
            "multipart/form-data" => Self::multipart(content_type, bytes).await,
            _ => Ok(Self(Vec::new())),
        }
    }

    async fn multipart(content_type: &str, bytes: Bytes) -> Result<Self, Problem> {
        let boundary =
            multer::parse_boundary(content_type).map_err(|_| Problem::bad_body("Missing boundary in multipart."))?;
        let stream = futures_util::stream::once(async move { Ok::<_, Infallible>(bytes) });
        let mut parts = multer::Multipart::new(stream, boundary);
        let mut fields = Vec::new();
        let broken = |_| Problem::bad_body("There was an error parsing the body");
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let value = part.bytes().await.map_err(broken)?;
            if !is_file {
                let value = String::from_utf8(value.to_vec())
                    .map_err(|_| Problem::bad_body("There was an error parsing the body"))?;
                fields.push((name, value));
            }
        }
        Ok(Self(fields))
    }

    /// The last value of a field, where there is one.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A field that must be there and not be empty.
    pub(crate) fn required(&self, name: &'static str, violations: &mut Violations) -> Read<&str> {
        match self.optional(name) {
            None | Some("") => violations.record(&Self::location(name), "missing", "Field required"),
            Some(value) => Ok(value),
        }
    }

    pub(crate) fn location(name: &str) -> Location {
        Location { field: name.to_owned(), path: format!("/{name}") }
    }
}
