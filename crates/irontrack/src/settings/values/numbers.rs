//! Numbers, spans of time, yes and no, and texts that may be anything.

use std::{fmt, ops::RangeInclusive, str::FromStr, time::Duration};

use crate::settings::{Problem, reader::Reader};

impl Reader<'_> {
    pub(in crate::settings) fn text(&mut self, name: &'static str, default: &str) -> Result<String, Problem> {
        self.read(name, default.to_owned(), |value| Some(value.clone()), |text| Ok(text.to_owned()))
    }

    pub(in crate::settings) fn boolean(&mut self, name: &'static str, default: bool) -> Result<bool, Problem> {
        self.read(
            name,
            default,
            |value| Some(value.to_string()),
            |text| match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
                "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
                _ => Err("true or false".to_owned()),
            },
        )
    }

    pub(in crate::settings) fn integer<T>(
        &mut self,
        name: &'static str,
        default: T,
        range: RangeInclusive<T>,
    ) -> Result<T, Problem>
    where
        T: FromStr + PartialOrd + fmt::Display,
    {
        self.read(
            name,
            default,
            |value| Some(value.to_string()),
            |text| match text.parse() {
                Ok(value) if range.contains(&value) => Ok(value),
                _ => Err(format!("a whole number from {} to {}", range.start(), range.end())),
            },
        )
    }

    pub(in crate::settings) fn seconds(&mut self, name: &'static str, default: Duration) -> Result<Duration, Problem> {
        let show = |value: &Duration| Some(value.as_secs_f64().to_string());
        self.read(name, default, show, |text| match text.parse() {
            Ok(seconds) if (0.01..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
            _ => Err("seconds, such as 0.8 or 300".to_owned()),
        })
    }
}
