//! The text form of `COPY`.

use std::{
    fmt::{Display, Write},
    pin::pin,
};

use bytes::{Bytes, BytesMut};
use futures_util::SinkExt;
use irontrack_ports::RepositoryError;
use tokio_postgres::Transaction;

use super::error::refused;

/// So much is sent at a time.
const CHUNK: usize = 64 * 1024;

/// Rows with their columns between tabs.
#[derive(Debug, Default)]
pub(super) struct Rows {
    text: BytesMut,
    is_within_row: bool,
}

impl Rows {
    /// A row for each item.
    pub(super) fn of<T>(items: impl Iterator<Item = T>, row: impl Fn(&mut Self, T)) -> Self {
        let mut rows = Self::default();
        for item in items {
            row(&mut rows, item);
            rows.end();
        }
        rows
    }

    /// A column of letters, digits and the like: nothing that would have to be marked.
    pub(super) fn value(&mut self, value: impl Display) -> &mut Self {
        self.separate();
        // Writing to a buffer that grows does not fail.
        let _written = write!(self.text, "{value}");
        self
    }

    /// The same, or null.
    pub(super) fn optional(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.value(value),
            None => self.value("\\N"),
        }
    }

    /// A column of any text, or null.
    pub(super) fn text(&mut self, text: Option<&str>) -> &mut Self {
        let Some(text) = text else { return self.value("\\N") };
        self.separate();
        for byte in text.bytes() {
            let mark = match byte {
                b'\\' => b'\\',
                b'\t' => b't',
                b'\n' => b'n',
                b'\r' => b'r',
                other => {
                    self.text.extend_from_slice(&[other]);
                    continue;
                }
            };
            self.text.extend_from_slice(&[b'\\', mark]);
        }
        self
    }

    fn end(&mut self) {
        self.text.extend_from_slice(b"\n");
        self.is_within_row = false;
    }

    fn separate(&mut self) {
        if self.is_within_row {
            self.text.extend_from_slice(b"\t");
        }
        self.is_within_row = true;
    }
}

/// Sends rows, and answers how many they were.
pub(super) async fn copy(transaction: &Transaction<'_>, statement: &str, rows: Rows) -> Result<u64, RepositoryError> {
    let mut sink = pin!(transaction.copy_in::<_, Bytes>(statement).await.map_err(refused)?);
    let mut text = rows.text.freeze();
    while !text.is_empty() {
        let chunk = text.split_to(CHUNK.min(text.len()));
        sink.send(chunk).await.map_err(refused)?;
    }
    sink.finish().await.map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line_whatever_stands_in_it() {
        let mut rows = Rows::default();
        rows.value(7).text(Some("a\tb\\N\nc\r")).optional(None::<i32>).text(None).optional(Some("x")).end();
        rows.text(Some("")).value(true).end();
        assert_eq!(rows.text, "7\ta\\tb\\\\N\\nc\\r\t\\N\t\\N\tx\n\ttrue\n");
    }
}
