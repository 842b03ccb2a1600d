//! Checks a sign-up form and reports every mistake at once, as an application that embeds the domain would.
//!
//! Run it with `cargo run --example sign_up_form -p irontrack-domain`.

use irontrack_domain::{
    Violation,
    account::{Email, Password, PersonName},
};

struct Form<'a> {
    name: &'a str,
    email: &'a str,
    password: &'a str,
}

/// A form in which everything is right.
type Checked = (Option<PersonName>, Email, Password);

/// What is wrong, by field.
type Mistakes = Vec<(&'static str, Violation)>;

fn check(form: &Form<'_>) -> Result<Checked, Mistakes> {
    let name = PersonName::parse(form.name);
    let email = Email::parse(form.email);
    let password = Password::chosen_by_owner(form.password);
    match (name, email, password) {
        (Ok(name), Ok(email), Ok(password)) => Ok((name, email, password)),
        (name, email, password) => Err([("name", name.err()), ("email", email.err()), ("password", password.err())]
            .into_iter()
            .filter_map(|(field, violation)| Some((field, violation?)))
            .collect()),
    }
}

fn main() {
    let forms = [
        Form { name: " Jo Lifter ", email: "Jo <JO@Example.com>", password: "Deadl1ft!" },
        Form { name: "", email: "jo@gym", password: "deadlift" },
    ];
    for form in &forms {
        match check(form) {
            Ok((name, email, _)) => {
                let name = name.as_ref().map_or("somebody", PersonName::as_str);
                println!("Welcome, {name}. Sign in with {}.", email.canonical());
            }
            Err(mistakes) => {
                println!("Please correct:");
                for (field, violation) in mistakes {
                    println!("  {field} {violation}");
                }
            }
        }
    }
}
