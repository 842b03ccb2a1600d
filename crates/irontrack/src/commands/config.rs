//! `irontrack config`.

use irontrack_cli::{
    ConfigCommand, Failure, ServerKind,
    config::{self, ConfigProblem, ConfigReport, SettingSource, ShownSetting},
    output::Output,
};

use crate::settings::{Inspected, Inspection, Origin, Purpose, Source};

/// Looks at the settings.
pub(crate) fn config(command: &ConfigCommand) -> Result<(), Failure> {
    let ConfigCommand::Check(arguments) = command;
    let purpose = match arguments.server {
        ServerKind::Run => Purpose::Run,
        ServerKind::Dev => Purpose::Development,
    };
    let inspection = Inspection::of(&Source::load()?, purpose);
    config::check(&report(inspection), &mut Output::standard(arguments.output))
}

fn report(inspection: Inspection) -> ConfigReport {
    let problem =
        |problem: crate::settings::Problem| ConfigProblem { setting: problem.setting, message: problem.message };
    ConfigReport {
        settings: inspection.settings.into_iter().map(shown).collect(),
        problems: inspection.problems.into_iter().map(problem).collect(),
        unknown: inspection.strangers,
    }
}

fn shown(setting: Inspected) -> ShownSetting {
    let Inspected { name, value, origin, is_used } = setting;
    let source = match origin {
        Origin::Environment => SettingSource::Environment,
        Origin::DotEnv => SettingSource::DotEnv,
        Origin::File => SettingSource::File,
        Origin::Default => SettingSource::Default,
    };
    ShownSetting { name, value, source, used: is_used }
}
