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
    /// Whether the new key verifies only.
    announced: bool,
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
    let changed = match arguments {
        RotateArguments { announce: true, .. } => keys.announce(text.expose()),
        RotateArguments { promote: true, keep, .. } => keys.promote(text.expose(), *keep),
        RotateArguments { keep, .. } => keys.rotate(text.expose(), *keep),
    };
    let RotatedKeys { set, new, kept, removed } = changed.map_err(|error| failed("has no keys for this", &error))?;
    file.finish(&[set.expose().as_bytes(), b"\n"]).map_err(|error| failed("was not changed", &error))?;
    let announced = arguments.announce;
    let next_steps = if announced { after_announcing(path) } else { next_steps(&kept, &removed, arguments.promote) };
    output.show(&Rotated { file: path.display().to_string(), announced, new, kept, removed, next_steps })
}

fn after_announcing(path: &std::path::Path) -> Vec<String> {
    vec![
        "Restart every server that uses this file, one after the other, in your own time: each then accepts tokens of the \
         new key, and still signs with the old one."
            .to_owned(),
        format!("When all have been restarted: irontrack keys rotate {} --promote", path.display()),
    ]
}

fn next_steps(kept: &[String], removed: &[String], all_know_it: bool) -> Vec<String> {
    let first = if all_know_it {
        "Restart every server that uses this file, one after the other, in your own time: all of them accept tokens of the \
         new key already."
    } else {
        "Restart every server that uses this file, shortly one after the other: keys are read at the start, and a server \
         that was not restarted refuses tokens of the new key."
    };
    let mut steps = vec![first.to_owned()];
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
        if !self.announced {
            table.row(Tone::Good, [&self.new, "signs and verifies (new)"]);
        }
        for (index, kid) in self.kept.iter().enumerate() {
            let signs = self.announced && index == 0;
            table.row(Tone::Plain, [kid.as_str(), if signs { "signs and verifies" } else { "verifies" }]);
        }
        if self.announced {
            table.row(Tone::Good, [&self.new, "verifies (announced)"]);
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
