//! All settings with their values and origins, for `irontrack config check`.

use super::{Entry, Environment, NAMES, Origin, Problem, Reader, Settings, Source, required, shown::HIDDEN, values};

/// Which server the settings are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `server run`.
    Run,
    /// `server dev`.
    Development,
}

/// What the settings are, and all that is wrong with them.
pub(crate) struct Inspection {
    /// Every setting, in the order of `NAMES`.
    pub(crate) settings: Vec<Inspected>,
    /// Everything for which the server would refuse to start.
    pub(crate) problems: Vec<Problem>,
    /// Names in `.env` that are no settings.
    pub(crate) strangers: Vec<String>,
}

/// One setting.
pub(crate) struct Inspected {
    pub(crate) name: &'static str,
    /// Never a secret.
    pub(crate) value: Option<String>,
    pub(crate) origin: Origin,
    /// Whether the server reads it at all: another setting may make it superfluous.
    pub(crate) is_used: bool,
}

impl Inspection {
    pub(crate) fn of(source: &Source, purpose: Purpose) -> Self {
        let mut reader = Reader::new(source);
        let environment = match purpose {
            Purpose::Run => Environment::Production,
            Purpose::Development => Environment::Development,
        };
        let settings = Settings::read_with(&mut reader, environment);
        let (entries, mut problems) = reader.into_parts();
        if let (Ok(settings), Purpose::Run) = (&settings, purpose) {
            problems.extend(required::problems(settings));
        }
        let settings = NAMES.into_iter().map(|name| inspected(name, &entries, source)).collect();
        Self { settings, problems, strangers: source.strangers().to_vec() }
    }
}

fn inspected(name: &'static str, entries: &[Entry], source: &Source) -> Inspected {
    // The last word about a setting counts.
    if let Some(Entry { value, origin, .. }) = entries.iter().rfind(|entry| entry.name == name) {
        return Inspected { name, value: value.clone(), origin: *origin, is_used: true };
    }
    let is_secret = values::SECRETS.iter().any(|(secret, _)| *secret == name);
    let raw = source.get(name);
    let value = raw.map(|(text, _)| if is_secret { HIDDEN.to_owned() } else { text.to_owned() });
    Inspected { name, value, origin: raw.map_or(Origin::Default, |(_, origin)| origin), is_used: false }
}
