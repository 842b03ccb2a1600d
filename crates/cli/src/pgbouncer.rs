//! `irontrack pgbouncer`.

use zeroize::Zeroizing;

use crate::{
    Failure, HiddenText, UserlistArguments,
    output::{Output, Tone, counted},
    written_file::{self, Readers},
};

/// How a verifier that PgBouncer can use begins.
const SCRAM: &str = "SCRAM-SHA-256$";

/// A role of the database.
#[derive(Debug)]
pub struct DatabaseRole {
    /// Its name.
    pub name: String,
    /// Whether it may sign in.
    pub can_log_in: bool,
    /// Its password, as PostgreSQL stores it.
    pub stored_password: Option<HiddenText>,
}

/// Prints the passwords of roles, or writes them to a file, as PgBouncer's `auth_file` has them. `read` answers those of
/// the roles that exist.
///
/// # Errors
/// A role does not exist, may not sign in, or has no SCRAM password; they cannot be read; the file or standard output
/// cannot be written.
pub fn userlist(
    arguments: &UserlistArguments,
    read: impl FnOnce(&[String]) -> Result<Vec<DatabaseRole>, Failure>,
    output: &mut Output,
) -> Result<(), Failure> {
    let found = read(&arguments.roles)?;
    let mut list = Zeroizing::new(String::new());
    let mut problems = Vec::new();
    for (number, name) in arguments.roles.iter().enumerate() {
        if arguments.roles[..number].contains(name) {
            continue;
        }
        match verifier(name, &found) {
            Ok(verifier) => {
                // A quotation mark is doubled; nothing else has a special meaning.
                for part in ["\"", &name.replace('"', "\"\""), "\" \"", verifier, "\"\n"] {
                    list.push_str(part);
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::failed(problems.join("; ")));
    }
    let Some(file) = &arguments.out else { return output.text(&list) };
    written_file::write(file, &list, Readers::Owner)
        .map_err(|error| Failure::failed(format!("{} was not written: {error}", file.display())))?;
    output.announce(Tone::Good, &format!("{} holds {}", file.display(), counted(list.lines().count(), "role", "roles")))
}

/// What PgBouncer compares the password of a role with.
fn verifier<'a>(name: &str, found: &'a [DatabaseRole]) -> Result<&'a str, String> {
    let Some(role) = found.iter().find(|role| role.name == name) else {
        return Err(format!("the role {name} does not exist"));
    };
    let Some(stored) = &role.stored_password else {
        return Err(format!("the role {name} has no password"));
    };
    if !role.can_log_in {
        return Err(format!("the role {name} may not log in"));
    }
    if name.contains(['\n', '\r']) {
        return Err(format!("the role {name:?} has a line break in its name, which the file cannot hold"));
    }
    if !stored.expose().starts_with(SCRAM) || stored.expose().contains(['"', '\n', '\r']) {
        return Err(format!(
            "the password of the role {name} is not stored as SCRAM-SHA-256: set it again with password_encryption = \
             'scram-sha-256'"
        ));
    }
    Ok(stored.expose())
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, io::Write, rc::Rc};

    use super::*;
    use crate::{OutputArguments, output::Style};

    #[derive(Clone, Default)]
    struct Sink(Rc<RefCell<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn list(roles: &[&str]) -> Result<String, String> {
        let role = |name: &str, can_log_in, password: Option<&str>| DatabaseRole {
            name: name.to_owned(),
            can_log_in,
            stored_password: password.map(|password| password.to_owned().into()),
        };
        let read = |_: &[String]| {
            Ok(vec![
                role("app", true, Some("SCRAM-SHA-256$4096:c2FsdA==$a:b")),
                role("a\"b", true, Some("SCRAM-SHA-256$4096:cGVwcGVy$c:d")),
                role("old", true, Some("md5geheim")),
                role("plain", true, None),
                role("group", false, Some("SCRAM-SHA-256$4096:c2FsdA==$a:b")),
            ])
        };
        let sink = Sink::default();
        let style = Style { has_tables: false, has_colours: false };
        let mut output = Output::to(sink.clone(), OutputArguments::default(), style);
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        userlist(&UserlistArguments { roles, out: None }, read, &mut output).map_err(|failure| failure.to_string())?;
        let bytes = sink.0.borrow().clone();
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn entries_are_those_of_an_auth_file_in_the_order_asked_for() {
        assert_eq!(
            list(&["a\"b", "app", "app"]).unwrap(),
            "\"a\"\"b\" \"SCRAM-SHA-256$4096:cGVwcGVy$c:d\"\n\"app\" \"SCRAM-SHA-256$4096:c2FsdA==$a:b\"\n"
        );
    }

    #[test]
    fn a_role_that_cannot_be_used_is_named_without_its_password() {
        for (name, said) in [
            ("nobody", "the role nobody does not exist"),
            ("plain", "the role plain has no password"),
            ("group", "the role group may not log in"),
            ("old", "is not stored as SCRAM-SHA-256"),
        ] {
            let problem = list(&["app", name]).unwrap_err();
            assert!(problem.contains(said) && !problem.contains("geheim"), "{problem}");
        }
        assert!(
            list(&["plain", "nobody"]).unwrap_err().contains("plain has no password; the role nobody"),
            "all at once"
        );
    }
}
