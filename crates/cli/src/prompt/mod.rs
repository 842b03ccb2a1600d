//! What commands ask for.
//!
//! Every question has an option that answers it beforehand. Without the option and without a terminal a command ends with
//! 2 and names the option: it never waits for somebody who is not there.

mod console;
#[cfg(test)]
mod tests;

use std::{fmt, io};

pub use console::Console;
use console::StandardConsole;
use zeroize::Zeroizing;

use crate::{Failure, PasswordArguments};

/// How often a wrong answer is asked for again.
const ATTEMPTS: usize = 3;

/// A question and the option that answers it.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// What is asked, without a colon.
    pub label: &'static str,
    /// The option, with its dashes.
    pub option: &'static str,
}

/// Asks questions.
pub struct Prompts {
    console: Box<dyn Console>,
}

impl fmt::Debug for Prompts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prompts").finish_non_exhaustive()
    }
}

impl Prompts {
    /// Asks whoever sits at the terminal of this process.
    #[must_use]
    pub fn standard() -> Self {
        Self::on(StandardConsole)
    }

    /// Asks somebody else.
    #[must_use]
    pub fn on(console: impl Console + 'static) -> Self {
        Self { console: Box::new(console) }
    }

    /// The value of an option, or what is typed. `parse` says what is wrong with a text; a typed one is then asked for
    /// again, twice.
    ///
    /// # Errors
    /// A wrong value, or none and nobody to ask.
    pub fn text<T, E: fmt::Display>(
        &mut self,
        given: Option<&str>,
        question: Question,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, Failure> {
        if let Some(given) = given {
            return parse(given).map_err(|error| wrong(question.option, &error));
        }
        self.repeat(question, parse, |console| {
            console.say(&format!("{}: ", question.label))?;
            console.line()?.ok_or_else(no_answer)
        })
    }

    /// Whether the option was given or `y` was typed.
    ///
    /// # Errors
    /// The option was not given and there is nobody to ask.
    pub fn confirm(&mut self, given: bool, question: Question) -> Result<bool, Failure> {
        if given {
            return Ok(true);
        }
        let parse = |answer: &str| match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "n" | "no" => Ok(false),
            _ => Err("expected y or n"),
        };
        self.repeat(question, parse, |console| {
            console.say(&format!("{} [y/n]: ", question.label))?;
            console.line()?.ok_or_else(no_answer)
        })
    }

    /// A new password: from the arguments, from standard input, or typed twice without being shown. `parse` says what is
    /// wrong with it.
    ///
    /// # Errors
    /// A wrong password, or none and nobody to ask.
    pub fn new_password<T, E: fmt::Display>(
        &mut self,
        arguments: &PasswordArguments,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<T, Failure> {
        if let Some(password) = &arguments.password {
            return parse(password.expose()).map_err(|error| wrong("--password", &error));
        }
        if arguments.password_stdin {
            let password = self.piped_line()?;
            return parse(&password).map_err(|error| wrong("--password-stdin", &error));
        }
        let question = Question { label: "Password", option: "--password-stdin" };
        self.repeat(question, parse, |console| {
            let password = console.hidden_line("Password: ")?;
            if *console.hidden_line("Password again: ")? == *password {
                Ok(password)
            } else {
                Err(io::Error::new(io::ErrorKind::InvalidInput, "the two passwords are not the same"))
            }
        })
    }

    /// The first line of standard input, which a program has written: what is typed there could be seen.
    fn piped_line(&mut self) -> Result<Zeroizing<String>, Failure> {
        if self.console.is_interactive() {
            return Err(Failure::usage("--password-stdin expects a pipe or a file, but standard input is a terminal"));
        }
        match self.console.line() {
            Ok(Some(line)) => Ok(line),
            Ok(None) => Err(Failure::usage("--password-stdin expects a password, but standard input is empty")),
            Err(error) => Err(Failure::usage(format!("--password-stdin: {error}"))),
        }
    }

    /// Asks until the answer is right, a few times at most.
    fn repeat<T, E: fmt::Display>(
        &mut self,
        question: Question,
        parse: impl Fn(&str) -> Result<T, E>,
        mut ask: impl FnMut(&mut dyn Console) -> io::Result<Zeroizing<String>>,
    ) -> Result<T, Failure> {
        let Question { label, option } = question;
        if !self.console.is_interactive() {
            return Err(Failure::usage(format!("{option} is missing, and there is no terminal to ask for it")));
        }
        for _ in 0..ATTEMPTS {
            let complaint = match ask(&mut *self.console) {
                Ok(answer) => match parse(&answer) {
                    Ok(value) => return Ok(value),
                    Err(error) => error.to_string(),
                },
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => error.to_string(),
                Err(error) => return Err(Failure::failed(format!("{label}: {error}"))),
            };
            self.console
                .say(&format!("{label}: {complaint}\n"))
                .map_err(|error| Failure::failed(format!("{label}: {error}")))?;
        }
        Err(Failure::usage(format!("{label}: no right answer in {ATTEMPTS} attempts")))
    }
}

fn no_answer() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "no answer")
}

fn wrong(option: &str, error: &dyn fmt::Display) -> Failure {
    Failure::usage(format!("{option} is wrong: {error}"))
}
