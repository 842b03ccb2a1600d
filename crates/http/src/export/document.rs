//! The document of an export, piece by piece.

use chrono::{DateTime, Utc};
use irontrack_application::ExportPart;
use irontrack_domain::account::Account;
use serde::Serialize;

use super::dto::ExportedGrant;
use crate::{
    exercises::dto::Exercise, timestamp, training_plans::dto::TrainingPlan, training_sessions::dto::TrainingSession,
    training_units::dto::TrainingUnit, users::User,
};

/// What documents are called, so that an import knows them.
const FORMAT: &str = "irontrack-export";

/// The version of the format.
const VERSION: u32 = 1;

/// The document of `GET /access/export` while it is written: what was written of it.
#[derive(Debug, Default)]
pub struct ExportDocument {
    /// The list that is open.
    list: Option<&'static str>,
    /// Whether something stands in it.
    has_items: bool,
}

impl ExportDocument {
    /// The beginning, up to the lists.
    #[must_use]
    pub fn begin(account: Account, now: DateTime<Utc>) -> Vec<u8> {
        let now = timestamp::text(now);
        let mut out =
            format!(r#"{{"format":"{FORMAT}","version":{VERSION},"exportedAt":"{now}","account":"#).into_bytes();
        write(&mut out, &User::from(account));
        out
    }

    /// A part of a list. Parts of one list come one after the other. Paths of pictures are below this address, without a final
    /// slash, or answered as they are.
    #[must_use]
    pub fn part(&mut self, part: ExportPart, images_url: Option<&str>) -> Vec<u8> {
        match part {
            ExportPart::Exercises(items) => {
                self.items("exercises", items.into_iter().map(|exercise| Exercise::with_images(exercise, images_url)))
            }
            ExportPart::Units(items) => self.items("trainingUnits", items.iter().map(TrainingUnit::new)),
            ExportPart::Plans(items) => self.items("trainingPlans", items.iter().map(TrainingPlan::new)),
            ExportPart::Grants(items) => self.items("grants", items.into_iter().map(ExportedGrant::from)),
            ExportPart::Sessions(items) => self.items("trainingSessions", items.iter().map(TrainingSession::new)),
        }
    }

    /// The end.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        if self.list.is_some() { b"]}".to_vec() } else { b"}".to_vec() }
    }

    fn items<T: Serialize>(&mut self, list: &'static str, items: impl Iterator<Item = T>) -> Vec<u8> {
        let mut out = Vec::new();
        if self.list != Some(list) {
            let close = if self.list.is_some() { "]" } else { "" };
            out.extend(format!(r#"{close},"{list}":["#).into_bytes());
            (self.list, self.has_items) = (Some(list), false);
        }
        for item in items {
            if self.has_items {
                out.push(b',');
            }
            write(&mut out, &item);
            self.has_items = true;
        }
        out
    }
}

fn write(out: &mut Vec<u8>, thing: &impl Serialize) {
    // Wire types have no map whose keys are no texts, which is all that could fail here.
    out.extend(serde_json::to_vec(thing).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn whole(parts: &[(&'static str, &[i32])]) -> Value {
        let mut document = ExportDocument::default();
        let mut out = b"{\"version\":1".to_vec();
        for (list, items) in parts {
            out.extend(document.items(list, items.iter()));
        }
        out.extend(document.end());
        serde_json::from_slice(&out).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&out)))
    }

    #[test]
    fn parts_become_lists() {
        assert_eq!(whole(&[]), json!({"version": 1}));
        assert_eq!(whole(&[("a", &[]), ("b", &[])]), json!({"version": 1, "a": [], "b": []}));
        assert_eq!(
            whole(&[("a", &[1, 2]), ("a", &[3]), ("a", &[]), ("b", &[4]), ("c", &[])]),
            json!({"version": 1, "a": [1, 2, 3], "b": [4], "c": []})
        );
    }
}
