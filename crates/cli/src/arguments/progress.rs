//! `irontrack progress`.

use clap::{Args, Subcommand};
use irontrack_domain::progress::{Bucket, ChartMetric};

use super::OutputArguments;

/// What to do with what people have trained.
#[derive(Debug, Subcommand)]
pub enum ProgressCommand {
    /// Show what somebody has done of an exercise: the last points as a table, and all of them as a chart
    ///
    /// Days and times are those of the time zone of each session.
    Show(ProgressShowArguments),
}

/// Options of `progress show`.
#[derive(Debug, Args)]
pub struct ProgressShowArguments {
    /// The address of the account
    #[arg(value_name = "EMAIL")]
    pub address: String,
    /// The exercise: its name, its slug or its id. What was trained goes before what was not
    pub exercise: String,
    /// What the chart shows: e1rm, topWeight, volume, time or distance
    #[arg(long, default_value = "e1rm", value_parser = metric)]
    pub metric: ChartMetric,
    /// What makes a point: session, day, week or month
    #[arg(long, default_value = "session", value_parser = bucket)]
    pub bucket: Bucket,
    /// The most points to list; the chart shows all of them
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub last: usize,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

fn metric(name: &str) -> Result<ChartMetric, String> {
    let names = ChartMetric::ALL.iter().map(|metric| metric.as_str());
    ChartMetric::from_name(name).ok_or_else(|| expected(names))
}

fn bucket(name: &str) -> Result<Bucket, String> {
    Bucket::from_name(name).ok_or_else(|| expected(Bucket::ALL.iter().map(|bucket| bucket.as_str())))
}

fn expected<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("expected one of {}", names.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    fn parse(options: &[&str]) -> Result<ProgressShowArguments, String> {
        let all = ["irontrack", "progress", "show"].iter().chain(options);
        match Arguments::try_parse_from(all).map_err(|error| error.to_string())?.command {
            Command::Progress(ProgressCommand::Show(arguments)) => Ok(arguments),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn who_and_what_are_always_said() {
        let wanted = parse(&["jo@example.com", "Bench Press", "--metric=topWeight", "--bucket", "week"]).unwrap();
        assert_eq!(
            (wanted.address.as_str(), wanted.exercise.as_str(), wanted.last),
            ("jo@example.com", "Bench Press", 10)
        );
        assert_eq!((wanted.metric, wanted.bucket), (ChartMetric::TopWeight, Bucket::Week));
        assert!(parse(&["jo@example.com"]).is_err());
        let error = parse(&["jo@example.com", "Squat", "--metric", "sets"]).unwrap_err();
        assert!(error.contains("expected one of e1rm, topWeight, volume, time, distance"), "{error}");
        let error = parse(&["jo@example.com", "Squat", "--bucket", "year"]).unwrap_err();
        assert!(error.contains("expected one of session, day, week, month"), "{error}");
    }
}
