//! The bytes of a document, and the values that stand in them.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use serde::de::Error as _;

use super::scan::Scan;
use crate::FileError;

/// The most bytes of a name between the lists, and of a number.
const LONGEST_WORD: usize = 400;

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
    /// The value that was read last.
    value: Vec<u8>,
}

/// A value as it stands in a document.
pub(super) enum Value<'a> {
    /// All of it.
    Whole(&'a str),
    /// One that is longer than it may be. It was left out.
    TooLong,
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
        let mut input = Self { bytes: BufReader::new(bounded), max_bytes, value: Vec::new() };
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

    /// A short string.
    pub(super) fn string(&mut self) -> Result<String, FileError> {
        if self.peek()? != Some(b'"') {
            return Err(syntax("expected a string"));
        }
        match self.value(LONGEST_WORD)? {
            Value::Whole(text) => serde_json::from_str(text).map_err(FileError::Syntax),
            Value::TooLong => Err(FileError::ElementTooLarge),
        }
    }

    /// Any value, as it stands there, if it has no more than so many bytes. Where it ends is seen in its brackets and quotation
    /// marks; whether it is JSON is not known yet.
    pub(super) fn value(&mut self, longest: usize) -> Result<Value<'_>, FileError> {
        self.value.clear();
        let is_whole = match self.peek()? {
            Some(b'{' | b'[' | b'"') => self.bracketed(longest)?,
            _ => self.word()?,
        };
        if !is_whole {
            // What was kept of it is of no use.
            self.value.clear();
            return Ok(Value::TooLong);
        }
        let text = std::str::from_utf8(&self.value).map_err(|_| syntax("a value is not UTF-8"))?;
        if text.is_empty() { Err(syntax("expected a value")) } else { Ok(Value::Whole(text)) }
    }

    /// Leaves any value out. It is not kept, however long it is, and only its brackets are looked at.
    pub(super) fn skip(&mut self) -> Result<(), FileError> {
        if matches!(self.peek()?, Some(b'{' | b'[' | b'"')) {
            return self.bracketed(0).map(|_| ());
        }
        match self.value(LONGEST_WORD)? {
            Value::Whole(word) => serde_json::from_str(word).map(|serde::de::IgnoredAny| ()).map_err(FileError::Syntax),
            Value::TooLong => Err(FileError::ElementTooLarge),
        }
    }

    /// Goes behind a value that ends with its own last byte, and keeps no more than so many bytes of it; whether these are
    /// all of it.
    fn bracketed(&mut self, longest: usize) -> Result<bool, FileError> {
        let mut scan = Scan::default();
        let mut is_whole = true;
        loop {
            let bytes = self.bytes.fill_buf()?;
            if bytes.is_empty() {
                return Err(syntax("the document ends too early"));
            }
            let end = scan.end_in(bytes);
            let length = end.unwrap_or(bytes.len());
            is_whole = is_whole && self.value.len() + length <= longest;
            if is_whole {
                self.value.extend_from_slice(&bytes[..length]);
            }
            self.bytes.consume(length);
            if end.is_some() {
                return Ok(is_whole);
            }
        }
    }

    /// Reads a number, `true`, `false` or `null`: all up to the next mark; whether it is short enough to be one.
    fn word(&mut self) -> Result<bool, FileError> {
        loop {
            let bytes = self.bytes.fill_buf()?;
            let length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
            let is_over = length < bytes.len() || bytes.is_empty();
            self.value.extend_from_slice(&bytes[..length]);
            self.bytes.consume(length);
            if is_over || self.value.len() > LONGEST_WORD {
                return Ok(self.value.len() <= LONGEST_WORD);
            }
        }
    }
}

pub(super) fn syntax(message: impl std::fmt::Display) -> FileError {
    FileError::Syntax(serde_json::Error::custom(message))
}
