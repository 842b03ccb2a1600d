//! `irontrack users import`.

mod guess;
mod report;
mod words;

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use irontrack_application::imports::{ImportError, ImportFile, Importer, Imports, MappedName, Meaning};
use irontrack_application::{UseCaseError, users::Users};
use irontrack_domain::{account::Email, import::ImportFormat};
use irontrack_ports::repo::{Import, NameDecision};
use report::{Found, Written};
use words::words;

use super::refused;
use crate::{
    Failure, UserImportArguments,
    output::{Output, Progress, Tone},
    prompt::{Prompts, Question},
};

const CONFIRM: Question<'_> = Question { label: "Import this", option: "--yes" };

/// Imports a file into an account: shows what was found, and writes it once somebody has confirmed it.
///
/// # Errors
/// A wrong address or option; there is no such account; the file cannot be read; names have no exercise; the database
/// cannot be used. Nothing was written then.
pub async fn import(
    arguments: &UserImportArguments,
    users: &Users,
    imports: &Imports,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    let wrong = |violation| Failure::usage(format!("the email {violation}"));
    let email = Email::parse(&arguments.email).map_err(wrong)?;
    let account = users.find(&email).await.map_err(|error| refused(&error, &email))?;
    let importer = Importer::from(&account);
    let words = words(arguments)?;
    let preview = read(arguments, importer, imports).await?;
    let outcome = go_on(importer, imports, preview, words, arguments, prompts, output).await;
    if let Err((failure, id)) = outcome {
        // It would be forgotten after a day anyway.
        let _forgotten = imports.discard(importer.user_id, id).await;
        return Err(failure);
    }
    Ok(())
}

async fn read(arguments: &UserImportArguments, importer: Importer, imports: &Imports) -> Result<Import, Failure> {
    let path = arguments.file.display();
    let unreadable = |error: io::Error| Failure::failed(format!("{path} cannot be read: {error}"));
    let mut file = File::open(&arguments.file).map_err(unreadable)?;
    let format = if let Some(format) = arguments.format {
        format.into()
    } else {
        let guessed = guess::format(&mut file).map_err(unreadable)?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        guessed.ok_or_else(|| Failure::usage(format!("--format is missing: {path} is of no kind that is known")))?
    };
    let bytes = file.metadata().map_err(unreadable)?.len();
    check_size(format, bytes).map_err(|max| Failure::failed(format!("{path} is larger than {} MiB", max >> 20)))?;
    let progress = Progress::of("Reading", usize::try_from(bytes).unwrap_or(usize::MAX));
    let file = ImportFile {
        format,
        bytes: Box::new(Counted { file, progress }),
        time_zone: arguments.time_zone,
        weight_unit: arguments.weight_unit.map(Into::into),
        distance_unit: arguments.distance_unit.map(Into::into),
    };
    imports.preview(importer, file).await.map_err(|error| not_imported(&error))
}

fn check_size(format: ImportFormat, bytes: u64) -> Result<(), u64> {
    let max = format.max_bytes();
    if bytes > max { Err(max) } else { Ok(()) }
}

/// A file that tells how much of it was read.
struct Counted {
    file: File,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.progress.advance(read);
        Ok(read)
    }
}

/// Shows what was found, and writes it. What goes wrong comes with the import that is to be forgotten.
async fn go_on(
    importer: Importer,
    imports: &Imports,
    preview: Import,
    words: Vec<MappedName>,
    arguments: &UserImportArguments,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), (Failure, irontrack_domain::ImportId)> {
    let id = preview.id;
    let failed = |failure| (failure, id);
    let words = for_the_rest(words, &preview, arguments);
    let preview = if words.is_empty() {
        preview
    } else {
        imports.map(importer, id, &words).await.map_err(|error| failed(not_imported(&error)))?
    };
    let found = Found::of(&preview);
    output.announce(Tone::Heading, &found.headline()).map_err(failed)?;
    output.for_people(&found).map_err(failed)?;
    let open = found.unmapped();
    if !open.is_empty() {
        let message = format!(
            "no exercise is known for {}: say what is meant with --map, --create, --skip, --mapping, --create-unknown or \
             --skip-unknown",
            open.join(", ")
        );
        return Err(failed(Failure::failed(message)));
    }
    if !prompts.confirm(arguments.yes, CONFIRM).map_err(failed)? {
        return Err(failed(Failure::failed("nothing was imported")));
    }
    let progress = Progress::start("Writing");
    let confirmed = imports.confirm(importer, id).await;
    drop(progress);
    let confirmed = confirmed.map_err(|error| failed(not_imported(&error)))?;
    output.show(&Written::of(&confirmed)).map_err(failed)
}

/// What was said, and what is to become of all other names without an exercise.
fn for_the_rest(mut words: Vec<MappedName>, preview: &Import, arguments: &UserImportArguments) -> Vec<MappedName> {
    let decision = match (arguments.create_unknown, arguments.skip_unknown) {
        (true, _) => NameDecision::Create { primary_muscles: Vec::new() },
        (false, true) => NameDecision::Skip,
        (false, false) => return words,
    };
    let is_named = |name: &str| {
        words.iter().any(|word| irontrack_interchange::folded(&word.name) == irontrack_interchange::folded(name))
    };
    let open = preview.exercises.iter().filter(|name| Meaning::of(name) == Meaning::Unknown && !is_named(&name.name));
    let rest: Vec<_> = open.map(|name| MappedName { name: name.name.clone(), decision: decision.clone() }).collect();
    words.extend(rest);
    words
}

fn not_imported(error: &ImportError) -> Failure {
    let mistakes = error.mistakes();
    let option = mistakes.first().and_then(|mistake| match mistake.pointer.as_str() {
        "/timeZone" => Some("--time-zone"),
        "/weightUnit" => Some("--weight-unit"),
        "/distanceUnit" => Some("--distance-unit"),
        _ => None,
    });
    match (option, mistakes.first()) {
        (Some(option), _) => Failure::usage(format!("{option} is missing: the file does not say it")),
        (None, Some(mistake)) => {
            Failure::failed(format!("nothing was imported: {}", mistake.message.trim_start_matches("Value error, ")))
        }
        (None, None) => Failure::failed(format!("nothing was imported: {error}")),
    }
}
