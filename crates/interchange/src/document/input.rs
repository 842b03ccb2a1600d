//! The bytes of a document, and the values that stand in them.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde_json::value::RawValue;

use crate::FileError;

/// The most bytes of an element: more than four times what a session of the most exercises and sets has.
const LONGEST_ELEMENT: u64 = 32 << 20;

/// The most bytes of a number.
const LONGEST_NUMBER: usize = 400;

/// Bytes as they come, or compressed.
enum Source<R> {
    Plain(BufReader<R>),
    Gzip(Box<MultiGzDecoder<BufReader<R>>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(plain) => plain.read(buffer),
            Self::Gzip(gzip) => gzip.read(buffer),
        }
    }
}

/// No more than so many bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
    is_exceeded: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.is_exceeded |= bytes > self.left;
        if self.is_exceeded {
            return Err(io::Error::other("there is more than may be"));
        }
        self.left -= bytes;
        Ok(read)
    }
}

/// A document that is being read.
pub(super) struct Input<R> {
    bytes: BufReader<Bounded<Source<R>>>,
    max_bytes: u64,
}

impl<R: Read> Input<R> {
    pub(super) fn new(file: R, max_bytes: u64) -> Result<Self, FileError> {
        let mut plain = BufReader::new(file);
        // No JSON begins with the first byte of gzip.
        let source = match plain.fill_buf()?.first() {
            Some(0x1f) => Source::Gzip(Box::new(MultiGzDecoder::new(plain))),
            _ => Source::Plain(plain),
        };
        let bounded = Bounded { inner: source, left: max_bytes, is_exceeded: false };
        let mut input = Self { bytes: BufReader::new(bounded), max_bytes };
        let begins_with_mark = input.bytes.fill_buf().map(|bytes| bytes.starts_with(b"\xef\xbb\xbf"));
        if begins_with_mark.map_err(|error| input.cause(FileError::Io(error)))? {
            input.bytes.consume(3);
        }
        Ok(input)
    }

    /// Why an error came about, which may lie deeper than where it was seen.
    pub(super) fn cause(&self, error: FileError) -> FileError {
        match error {
            _ if self.bytes.get_ref().is_exceeded => FileError::TooLarge { max: self.max_bytes },
            FileError::Syntax(error) if error.is_io() => FileError::Io(error.into()),
            error => error,
        }
    }

    /// The next byte that is no blank, which stays where it is; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, FileError> {
        loop {
            let bytes = self.bytes.fill_buf()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            if let Some(&byte) = bytes.get(blanks) {
                self.bytes.consume(blanks);
                return Ok(Some(byte));
            }
            self.bytes.consume(blanks);
        }
    }

    /// Takes a byte that has to come next, blanks before it left out.
    pub(super) fn expect(&mut self, expected: u8) -> Result<(), FileError> {
        if self.peek()? != Some(expected) {
            return Err(syntax(format!("expected `{}`", char::from(expected))));
        }
        self.bytes.consume(1);
        Ok(())
    }

    /// A string.
    pub(super) fn string(&mut self) -> Result<String, FileError> {
        if self.peek()? == Some(b'"') { self.value() } else { Err(syntax("expected a string")) }
    }

    /// Any value, as it stands there.
    pub(super) fn raw(&mut self) -> Result<Box<RawValue>, FileError> {
        match self.peek()? {
            Some(b'{' | b'[' | b'"') => self.value(),
            _ => RawValue::from_string(self.word()?).map_err(FileError::Syntax),
        }
    }

    /// Leaves any value out.
    pub(super) fn skip(&mut self) -> Result<(), FileError> {
        match self.peek()? {
            Some(b'{' | b'[' | b'"') => self.value().map(|IgnoredAny| ()),
            _ => serde_json::from_str(&self.word()?).map(|IgnoredAny| ()).map_err(FileError::Syntax),
        }
    }

    /// A value whose own last byte is its end. Of others serde would take a byte too many.
    fn value<T: DeserializeOwned>(&mut self) -> Result<T, FileError> {
        let mut element = Read::by_ref(&mut self.bytes).take(LONGEST_ELEMENT);
        let value = T::deserialize(&mut serde_json::Deserializer::from_reader(&mut element));
        match value {
            Err(_) if element.limit() == 0 => Err(FileError::ElementTooLarge),
            value => value.map_err(FileError::Syntax),
        }
    }

    /// A number, `true`, `false` or `null`: all up to the next mark.
    fn word(&mut self) -> Result<String, FileError> {
        let mut word = Vec::new();
        loop {
            let bytes = self.bytes.fill_buf()?;
            let length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
            let is_over = length < bytes.len() || bytes.is_empty();
            word.extend_from_slice(&bytes[..length]);
            self.bytes.consume(length);
            if word.len() > LONGEST_NUMBER {
                return Err(syntax("expected a value"));
            }
            if is_over {
                return String::from_utf8(word).map_err(|_| syntax("expected a value"));
            }
        }
    }
}

fn syntax(message: impl std::fmt::Display) -> FileError {
    FileError::Syntax(serde_json::Error::custom(message))
}
