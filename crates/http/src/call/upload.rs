//! Files that are uploaded: a multipart form whose file goes to an unnamed temporary file while it arrives.
//!
//! Nobody holds a connection to the database meanwhile, so that a slow client costs no more than the room that it takes.

use std::{
    fs::File,
    future::pending,
    io::{self, Seek, SeekFrom, Write},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    dev::Payload,
    web::{Bytes, BytesMut, block},
};
use futures_util::{StreamExt, stream};
use irontrack_domain::Violation;
use ring::digest::{Context, SHA256};
use tokio::{
    sync::{Semaphore, mpsc},
    time::{Instant, timeout},
};

use super::{
    form::Form,
    scalar,
    violations::{Location, Read, Violations},
};
use crate::{problem::Problem, state::HttpState};

/// The most bytes of a field that is no file.
const FIELD: usize = 1024;

/// The most fields of a form.
const FIELDS: usize = 20;

/// So many bytes are written at a time.
const CHUNK: usize = 256 * 1024;

/// A file that arrives more slowly, in bytes a second, is not waited for.
const LEAST_SPEED: f64 = 4096.0;

/// How many files may be arriving at the same time.
const AT_ONCE: usize = 8;

/// Room for files that arrive.
#[derive(Debug)]
pub struct Uploads(Semaphore);

impl Default for Uploads {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

/// A form with a file that has arrived.
pub(crate) struct Upload {
    fields: Vec<(String, String)>,
    file: Option<Arc<File>>,
    bytes: u64,
    files: usize,
    digest: Vec<u8>,
}

/// A file that is arriving.
struct Arriving {
    file: File,
    digest: Context,
    bytes: u64,
}

impl Arriving {
    fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, digest: Context::new(&SHA256), bytes: 0 })
    }

    /// Writes what has arrived, on a thread that may wait.
    async fn write(mut self, chunk: Bytes) -> Result<Self, Problem> {
        let written = block(move || {
            self.file.write_all(&chunk)?;
            self.digest.update(&chunk);
            self.bytes += chunk.len() as u64;
            Ok::<_, io::Error>(self)
        });
        written.await.map_err(|error| unkept(&error))?.map_err(|error| unkept(&error))
    }
}

fn unkept(error: &dyn std::error::Error) -> Problem {
    Problem::internal(format!("a file could not be kept: {error}"))
}

fn broken(error: &multer::Error) -> Problem {
    tracing::debug!(%error, "a form did not arrive");
    Problem::bad_body("There was an error parsing the body")
}

impl Upload {
    /// Receives a form whose file has at most that many bytes. Anything that is no multipart form has no fields.
    pub(super) async fn receive(
        content_type: &str,
        payload: Payload,
        max: u64,
        state: &HttpState,
    ) -> Result<Self, Problem> {
        let _room = state.uploads.0.try_acquire().map_err(|_| Problem::too_many_uploads())?;
        let receiving = Self::read(content_type, payload, max, state.settings.body_timeout);
        timeout(state.settings.upload_timeout, receiving).await.unwrap_or_else(|_| Err(Problem::too_slow()))
    }

    async fn read(content_type: &str, payload: Payload, max: u64, patience: Duration) -> Result<Self, Problem> {
        let mut upload = Self { fields: Vec::new(), file: None, bytes: 0, files: 0, digest: Vec::new() };
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if essence != "multipart/form-data" {
            return Ok(upload);
        }
        let boundary =
            multer::parse_boundary(content_type).map_err(|_| Problem::bad_body("Missing boundary in multipart."))?;
        // The parser wants something that can go to other threads, which the payload of a connection cannot.
        let (sender, mut receiver) = mpsc::channel(1);
        let chunks = stream::poll_fn(move |context| receiver.poll_recv(context));
        let parsing = upload.parse(multer::Multipart::new(chunks, boundary), max);
        tokio::select! {
            biased;
            parsed = parsing => parsed?,
            slow = pump(payload, sender, patience) => return Err(slow),
        }
        Ok(upload)
    }

    async fn parse(&mut self, mut parts: multer::Multipart<'_>, max: u64) -> Result<(), Problem> {
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            if self.fields.len() + self.files >= FIELDS {
                return Err(Problem::bad_body("There was an error parsing the body"));
            }
            match part.name() {
                Some("file") => self.keep(part, max).await?,
                name => {
                    let name = name.unwrap_or_default().to_owned();
                    let value = short(part).await?;
                    self.fields.push((name, value));
                }
            }
        }
        Ok(())
    }

    async fn keep(&mut self, mut part: multer::Field<'_>, max: u64) -> Result<(), Problem> {
        let mut arriving = Arriving::new().map_err(|error| unkept(&error))?;
        let mut chunk = BytesMut::with_capacity(CHUNK);
        while let Some(bytes) = part.chunk().await.map_err(|error| broken(&error))? {
            if arriving.bytes + (chunk.len() + bytes.len()) as u64 > max {
                return Err(Problem::file_too_large(max));
            }
            chunk.extend_from_slice(&bytes);
            if chunk.len() >= CHUNK {
                arriving = arriving.write(chunk.split().freeze()).await?;
            }
        }
        let arrived = arriving.write(chunk.freeze()).await?;
        self.files += 1;
        self.bytes = arrived.bytes;
        self.digest = arrived.digest.finish().as_ref().to_vec();
        self.file = Some(Arc::new(arrived.file));
        Ok(())
    }

    /// What tells this form from others, whatever the client has put between its fields.
    pub(super) fn identity(&self) -> Bytes {
        let mut identity = BytesMut::new();
        let mut add = |part: &[u8]| {
            identity.extend_from_slice(&(part.len() as u64).to_be_bytes());
            identity.extend_from_slice(part);
        };
        add(&self.digest);
        for (name, value) in &self.fields {
            add(name.as_bytes());
            add(value.as_bytes());
        }
        identity.freeze()
    }

    /// How many bytes the file has.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The file, from its beginning.
    pub(crate) fn file(&self, violations: &mut Violations) -> Read<File> {
        let at = Form::location("file");
        if self.files > 1 {
            return violations.record(&at, "value_error", "Value error, there must be one file only");
        }
        let Some(file) = &self.file else { return violations.record(&at, "missing", "Field required") };
        let rewound = file.try_clone().and_then(|mut file| file.seek(SeekFrom::Start(0)).map(|_| file));
        rewound.or_else(|error| {
            tracing::error!(%error, "a file that has arrived cannot be read");
            violations.record(&at, "value_error", "Value error, the file cannot be read")
        })
    }

    /// The last value of a field in either spelling, unless it is empty.
    fn value(&self, (camel, snake): (&str, &str)) -> Option<(Location, &str)> {
        let of = |name: &str| self.fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let (name, value) = match (of(camel), of(snake)) {
            (Some(value), _) => (camel, value),
            (None, value) => (snake, value?),
        };
        (!value.is_empty()).then(|| (Form::location(name), value))
    }

    /// One of several names, if the field is there.
    pub(crate) fn choice<T: Copy>(
        &self,
        spellings: (&'static str, &'static str),
        choices: &[(&str, T)],
        violations: &mut Violations,
    ) -> Read<Option<T>> {
        let Some((at, text)) = self.value(spellings) else { return Ok(None) };
        scalar::choice(text, "enum", choices, &at, violations).map(Some)
    }

    /// A text that satisfies a rule, if the field is there.
    pub(crate) fn text<T>(
        &self,
        spellings: (&'static str, &'static str),
        rule: impl FnOnce(&str) -> Result<T, Violation>,
        violations: &mut Violations,
    ) -> Read<Option<T>> {
        let Some((at, text)) = self.value(spellings) else { return Ok(None) };
        rule(text).or_else(|violation| violations.record_rule(&at, &violation)).map(Some)
    }

    /// Records every field that is none of these, in either spelling.
    pub(crate) fn refuse_others(&self, known: &[(&str, &str)], violations: &mut Violations) {
        let is_known = |name: &str| known.iter().any(|(camel, snake)| name == *camel || name == *snake);
        for (name, _) in self.fields.iter().filter(|(name, _)| !is_known(name)) {
            let at = Form::location(name);
            let _recorded: Read<()> = violations.record(&at, "extra_forbidden", "Extra inputs are not permitted");
        }
    }
}

/// Hands over what arrives, until it is not wanted any more. Ends only with the problem of a client that is too slow: the
/// time counts in which it is waited for, and not that in which the disk is.
async fn pump(mut payload: Payload, sender: mpsc::Sender<io::Result<Bytes>>, patience: Duration) -> Problem {
    let (mut waited, mut bytes) = (Duration::ZERO, 0_u32);
    loop {
        let asked = Instant::now();
        let Ok(next) = timeout(patience.saturating_sub(waited), payload.next()).await else {
            if f64::from(bytes) < LEAST_SPEED * patience.as_secs_f64() {
                return Problem::too_slow();
            }
            (waited, bytes) = (Duration::ZERO, 0);
            continue;
        };
        let Some(chunk) = next else { break };
        waited += asked.elapsed();
        let length = chunk.as_ref().map_or(0, Bytes::len);
        bytes = bytes.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
        if sender.send(chunk.map_err(|error| io::Error::other(error.to_string()))).await.is_err() {
            break;
        }
    }
    drop(sender);
    pending().await
}

/// A field that is no file.
async fn short(mut part: multer::Field<'_>) -> Result<String, Problem> {
    let mut value = BytesMut::new();
    while let Some(bytes) = part.chunk().await.map_err(|error| broken(&error))? {
        if value.len() + bytes.len() > FIELD {
            return Err(Problem::bad_body("There was an error parsing the body"));
        }
        value.extend_from_slice(&bytes);
    }
    String::from_utf8(value.to_vec()).map_err(|_| Problem::bad_body("There was an error parsing the body"))
}
