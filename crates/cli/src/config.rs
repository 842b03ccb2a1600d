//! `irontrack config check`.

use serde::Serialize;

use crate::{
    Failure,
    output::{Output, Page, Report, Table, Tone},
};

/// All settings, and what is wrong with them.
#[derive(Debug, Serialize)]
pub struct ConfigReport {
    /// Every setting, in the order of `.env.example`.
    pub settings: Vec<ShownSetting>,
    /// Everything for which the server would refuse to start.
    pub problems: Vec<ConfigProblem>,
    /// Names in `.env` that are no settings: somebody else's, or misspelt.
    pub unknown: Vec<String>,
}

/// A setting as it is shown: secrets are left out.
#[derive(Debug, Serialize)]
pub struct ShownSetting {
    /// Its name.
    pub name: &'static str,
    /// Its value, or the default. `None` where there is neither.
    pub value: Option<String>,
    /// Where the value comes from.
    pub source: SettingSource,
    /// Whether the server reads it: another setting may make it superfluous.
    pub used: bool,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingSource {
    /// The environment.
    Environment,
    /// The file `.env`.
    DotEnv,
    /// The file that the setting `..._FILE` names.
    File,
    /// Nobody has set it.
    Default,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
pub struct ConfigProblem {
    /// The setting.
    pub setting: &'static str,
    /// One sentence that names it.
    pub message: String,
}

/// Shows the settings.
///
/// # Errors
/// One of them is wrong, or standard output cannot be written.
pub fn check(report: &ConfigReport, output: &mut Output) -> Result<(), Failure> {
    output.show(report)?;
    if report.problems.is_empty() {
        return Ok(());
    }
    // A failure joins its lines.
    Err(Failure::usage(report.problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n")))
}

impl Report for ConfigReport {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Setting", "Value", "From"]);
        for setting in &self.settings {
            let is_wrong = self.problems.iter().any(|problem| problem.setting == setting.name);
            let tone = if is_wrong { Tone::Bad } else { Tone::Plain };
            table.row(tone, [setting.name, setting.value.as_deref().unwrap_or_default(), setting.origin()]);
        }
        page.table(&table);
        for name in &self.unknown {
            page.remark(Tone::Plain, &format!("{name} in .env is no setting of IronTrack."));
        }
        if self.problems.is_empty() {
            page.remark(Tone::Good, "Nothing is wrong with the settings.");
        }
    }
}

impl ShownSetting {
    fn origin(&self) -> &'static str {
        match (self.source, self.used) {
            (SettingSource::Environment, true) => "environment",
            (SettingSource::Environment, false) => "environment, not used",
            (SettingSource::DotEnv, true) => ".env",
            (SettingSource::DotEnv, false) => ".env, not used",
            (SettingSource::File, _) => "file",
            (SettingSource::Default, _) if self.value.is_some() => "default",
            (SettingSource::Default, _) => "not set",
        }
    }
}
