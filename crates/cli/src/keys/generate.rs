//! `irontrack keys generate`.

use serde::Serialize;
use zeroize::Zeroizing;

use super::KeyMaker;
use crate::{
    Failure, GenerateArguments,
    output::{Output, Page, Report, Tone},
    private_file,
};

/// Where a new key is.
#[derive(Debug, Serialize)]
struct Written {
    kid: String,
    file: String,
}

/// Makes a key, and prints it or writes it to a new file.
///
/// # Errors
/// No key can be made, the file exists or cannot be written, or standard output cannot be written.
pub fn generate(arguments: &GenerateArguments, keys: &dyn KeyMaker, output: &mut Output) -> Result<(), Failure> {
    let key = keys.generate().map_err(|error| Failure::failed(format!("no key was made: {error}")))?;
    let mut text = Zeroizing::new(String::new());
    for part in if arguments.set { ["{\"keys\":[", key.jwk.expose(), "]}\n"] } else { ["", key.jwk.expose(), "\n"] } {
        text.push_str(part);
    }
    let Some(file) = &arguments.out else { return output.text(&text) };
    private_file::create(file, text.as_bytes())
        .map_err(|error| Failure::failed(format!("{} was not written: {error}", file.display())))?;
    output.show(&Written { kid: key.kid, file: file.display().to_string() })
}

impl Report for Written {
    fn print(&self, page: &mut Page) {
        page.line(Tone::Good, &format!("{} holds the new key {}", self.file, self.kid));
    }
}
