//! `irontrack keys rotate`.

use serde::Serialize;

use super::{KeyMaker, RotatedKeys};
use crate::{
    Failure, HiddenText, RotateArguments,
    output::{Output, Page, Report, Table, Tone},
    private_file,
};

/// What has become of the keys of a file.
#[derive(Debug, Serialize)]
struct Rotated {
    file: String,
    new: String,
    kept: Vec<String>,
    removed: Vec<String>,
    next_steps: Vec<String>,
}

/// Puts a new key in front of those of a file, and says what operators have to do now.
///
/// # Errors
/// The file cannot be read, holds no keys, is being changed by somebody else or cannot be replaced: then it is as it was.
/// Or standard output cannot be written.
pub fn rotate(arguments: &RotateArguments, keys: &dyn KeyMaker, output: &mut Output) -> Result<(), Failure> {
    let path = &arguments.file;
    let failed =
        |what: &str, error: &dyn std::fmt::Display| Failure::failed(format!("{} {what}: {error}", path.display()));
    let file = private_file::Replacement::begin(path).map_err(|error| failed("cannot be changed", &error))?;
    let text = file.read().map(HiddenText::from).map_err(|error| failed("cannot be read", &error))?;
    let RotatedKeys { set, new, kept, removed } =
        keys.rotate(text.expose(), arguments.keep).map_err(|error| failed("holds no keys", &error))?;
    file.finish(&[set.expose().as_bytes(), b"\n"]).map_err(|error| failed("was not changed", &error))?;
    let next_steps = next_steps(&kept, &removed);
    output.show(&Rotated { file: path.display().to_string(), new, kept, removed, next_steps })
}

fn next_steps(kept: &[String], removed: &[String]) -> Vec<String> {
    let mut steps = vec![
        "Restart every server that uses this file, shortly one after the other: keys are read at the start, and a server \
         that was not restarted refuses tokens of the new key."
            .to_owned(),
    ];
    if !removed.is_empty() {
        let step = "After that, tokens of removed keys are refused: whoever has no other has to sign in again.";
        steps.push(step.to_owned());
    }
    if !kept.is_empty() {
        let step = "Nobody needs the older keys any more when their last tokens have expired: \
                    REFRESH_TOKEN_EXPIRE_DAYS after the restart (7 days unless it is set). \
                    The next rotation can then remove them with --keep.";
        steps.push(step.to_owned());
    }
    steps
}

impl Report for Rotated {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Key", "What it does"]);
        table.row(Tone::Good, [&self.new, "signs and verifies (new)"]);
        for kid in &self.kept {
            table.row(Tone::Plain, [kid, "verifies"]);
        }
        for kid in &self.removed {
            table.row(Tone::Bad, [kid, "removed"]);
        }
        page.table(&table);
        page.line(Tone::Heading, &format!("{} is written. What to do now:", self.file));
        for (index, step) in self.next_steps.iter().enumerate() {
            page.line(Tone::Plain, &format!("{}. {step}", index + 1));
        }
    }
}
