//! Where questions are asked and answers are typed.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use zeroize::Zeroizing;

/// The longest line that is read from standard input.
const LONGEST_LINE: u64 = 4096;

/// The terminal, and standard input.
pub trait Console {
    /// Whether somebody is there to answer.
    fn is_interactive(&self) -> bool;

    /// Says something.
    ///
    /// # Errors
    /// It cannot be written.
    fn say(&mut self, text: &str) -> io::Result<()>;

    /// Reads a line that is typed or piped, without its line break. `None` at the end of the input.
    ///
    /// # Errors
    /// It cannot be read, is not UTF-8, or is longer than 4096 bytes.
    fn line(&mut self) -> io::Result<Option<Zeroizing<String>>>;

    /// Asks for a line that is typed and not shown.
    ///
    /// # Errors
    /// There is no terminal, or the question was interrupted.
    fn hidden_line(&mut self, question: &str) -> io::Result<Zeroizing<String>>;
}

/// The terminal and the standard input of this process. Questions go to standard error: what a program reads from standard
/// output has none in it.
#[derive(Debug)]
pub(super) struct StandardConsole;

impl Console for StandardConsole {
    fn is_interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        let mut sink = io::stderr().lock();
        sink.write_all(text.as_bytes())?;
        sink.flush()
    }

    fn line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        read_line(&mut io::stdin().lock())
    }

    fn hidden_line(&mut self, question: &str) -> io::Result<Zeroizing<String>> {
        rpassword::prompt_password(question).map(Zeroizing::new)
    }
}

/// A line without its line break.
fn read_line(source: &mut impl BufRead) -> io::Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(Vec::new());
    source.take(LONGEST_LINE + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    let text = line.strip_suffix(b"\n").unwrap_or(&line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if text.len() as u64 > LONGEST_LINE {
        return Err(io::Error::other(format!("the line is longer than {LONGEST_LINE} bytes")));
    }
    let text = std::str::from_utf8(text).map_err(|_| io::Error::other("the line is not UTF-8"))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut bytes: &[u8]) -> Result<Option<String>, String> {
        read_line(&mut bytes).map(|line| line.map(|line| line.to_string())).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_ends_with_its_line_break_or_the_input() {
        assert_eq!(read(b"one\ntwo\n"), Ok(Some("one".into())));
        assert_eq!(read(b"one\r\n"), Ok(Some("one".into())));
        assert_eq!(read(b" one "), Ok(Some(" one ".into())), "blanks belong to a password");
        assert_eq!(read(b"\n"), Ok(Some(String::new())));
        assert_eq!(read(b""), Ok(None));
    }

    #[test]
    fn what_is_no_line_of_text_is_refused() {
        assert!(read(&[b'a'; 4096]).is_ok());
        assert!(read(&[b'a'; 4097]).unwrap_err().contains("4096"));
        assert!(read(b"\xff\n").unwrap_err().contains("UTF-8"));
    }
}
