//! Secrets: from a setting itself, or from the file that its companion `..._FILE` names.

use std::{fs::File, io::Read};

use irontrack_auth::KeyRing;

use crate::settings::{Origin, Problem, Secret, reader::Reader, shown::HIDDEN};

/// Every secret, and the setting that names a file with it.
pub(in crate::settings) const SECRETS: [(&str, &str); 6] = [
    ("DATABASE_URL", "DATABASE_URL_FILE"),
    ("DATABASE_DIRECT_URL", "DATABASE_DIRECT_URL_FILE"),
    ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"),
    ("CACHE_URL", "CACHE_URL_FILE"),
    ("REDIS_URL", "REDIS_URL_FILE"),
    ("JWT_PRIVATE_KEY", "JWT_PRIVATE_KEY_FILE"),
];

/// The most bytes of a file with a secret: a set of hundreds of keys.
const LARGEST_FILE: u64 = 64 * 1024;

impl Reader<'_> {
    pub(in crate::settings) fn signing_keys(&mut self) -> Result<Option<Secret>, Problem> {
        let Some((secret, origin)) = self.secret("JWT_PRIVATE_KEY")? else { return Ok(None) };
        let keys = KeyRing::from_jwk_text(secret.expose());
        self.note("JWT_PRIVATE_KEY", keys.as_ref().ok().map(shown_keys), origin);
        match keys {
            Ok(_) => Ok(Some(secret)),
            Err(error) => {
                let setting = secret.setting();
                Err(self.refuse(Problem::new(setting, format!("{setting} is wrong: {error}"))))
            }
        }
    }

    /// The text of a secret, and where it comes from. Whoever asks notes what of it may be shown.
    pub(super) fn secret(&mut self, name: &'static str) -> Result<Option<(Secret, Origin)>, Problem> {
        let file = SECRETS.iter().find(|(secret, _)| *secret == name).map_or(name, |(_, file)| file);
        let path = self.optional(file, |path| Ok(path.to_owned()))?;
        let chosen = self.source.one_of([name, file]).map_err(|problem| self.refuse(problem))?;
        match (chosen, path) {
            (None, _) => {
                self.note(name, None, Origin::Default);
                Ok(None)
            }
            (Some(setting), Some(path)) if setting == file => match read_file(&path) {
                Ok(text) => Ok(Some((Secret::new(file, text), Origin::File))),
                Err(reason) => {
                    self.note(name, None, Origin::File);
                    Err(self.refuse(Problem::new(file, format!("{file}: {path} {reason}"))))
                }
            },
            _ => Ok(self.source.get(name).map(|(text, origin)| (Secret::new(name, text.to_owned()), origin))),
        }
    }
}

/// The content of a file, without the line break at its end.
fn read_file(path: &str) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_string(&mut text));
    read.map_err(|error| format!("cannot be read: {error}"))?;
    if text.len() as u64 > LARGEST_FILE {
        return Err(format!("is larger than {LARGEST_FILE} bytes"));
    }
    match text.trim() {
        "" => Err("is empty".to_owned()),
        text => Ok(text.to_owned()),
    }
}

fn shown_keys(keys: &KeyRing) -> String {
    let ids: Vec<_> = keys.key_ids().collect();
    match ids.as_slice() {
        [signer, others @ ..] if !others.is_empty() => {
            format!("{HIDDEN} (signs: {signer}, verifies: {})", others.join(", "))
        }
        _ => format!("{HIDDEN} (signs: {})", ids.join(", ")),
    }
}
