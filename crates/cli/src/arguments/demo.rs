//! `irontrack demo`.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use irontrack_application::demo::{SESSIONS, USERS};

use super::{OutputArguments, PasswordArguments};

/// What to do with made-up data.
#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Add made-up accounts with training sessions, as many as are missing; those that are there stay as they are
    Seed(DemoSeedArguments),
}

/// Options of `demo seed`.
#[derive(Debug, Args)]
pub struct DemoSeedArguments {
    /// So many accounts, from demo-000001@demo.example on, counting those that are there
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(bounds(&USERS)))]
    pub users: u32,
    /// So many training sessions for each account that is added
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(bounds(&SESSIONS)))]
    pub sessions: u32,
    /// What decides about everything that is made up: the same seed makes the same data
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub random_seed: u64,
    /// The day on which people trained last; today by default
    #[arg(long, value_name = "DATE")]
    pub until: Option<NaiveDate>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of PasswordArguments")]
    pub password: PasswordArguments,
    /// Add them although other people have accounts in this database
    #[arg(long)]
    pub among_others: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

fn bounds(range: &RangeInclusive<u32>) -> RangeInclusive<i64> {
    i64::from(*range.start())..=i64::from(*range.end())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    fn parse(options: &str) -> Result<DemoSeedArguments, String> {
        let all = ["irontrack", "demo", "seed"].into_iter().chain(options.split_whitespace());
        match Arguments::try_parse_from(all).map_err(|error| error.to_string())?.command {
            Command::Demo(DemoCommand::Seed(arguments)) => Ok(arguments),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn how_much_is_always_said() {
        let wanted = parse("--users 5 --sessions 30 --until 2026-11-01").unwrap();
        assert_eq!((wanted.users, wanted.sessions, wanted.random_seed, wanted.among_others), (5, 30, 1, false));
        assert_eq!(wanted.until, NaiveDate::from_ymd_opt(2026, 11, 1));
        for wrong in [
            "",
            "--users 5",
            "--users 0 --sessions 1",
            "--users 1000000 --sessions 1",
            "--users 1 --sessions 20001",
            "--users 1 --sessions 1 --until yesterday",
            "--users 1 --sessions 1 --random-seed -1",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
