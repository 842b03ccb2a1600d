//! What is applied, and what is taken back.

use std::cell::RefCell;

use super::{MigrationState::*, *};
use crate::{
    ConfirmationArguments, DowngradeArguments, OutputArguments, UpgradeArguments,
    output::{Output, Style},
    prompt::Prompts,
};

/// A database with three migrations, the first of which are applied, and perhaps one more.
struct Fake {
    applied: usize,
    is_newer: bool,
    calls: RefCell<Vec<String>>,
}

impl Fake {
    fn new(applied: usize) -> Self {
        Self { applied, is_newer: false, calls: RefCell::default() }
    }
}

impl Migrations for Fake {
    fn status(&self) -> Result<Vec<Migration>, Failure> {
        let state = |number| if number < self.applied { Applied } else { Pending };
        let names = ["01_one", "02_two", "03_three"].into_iter().enumerate();
        let mut status: Vec<_> =
            names.map(|(number, name)| Migration { name: name.into(), state: state(number) }).collect();
        status.extend(self.is_newer.then(|| Migration { name: "04".into(), state: Unknown }));
        Ok(status)
    }

    fn apply(&self, last: &str) -> Result<Vec<String>, Failure> {
        self.calls.borrow_mut().push(format!("up to {last}"));
        Ok(vec![last.to_owned()])
    }

    fn take_back(&self, names: Vec<String>) -> Result<(), Failure> {
        self.calls.borrow_mut().push(format!("back {}", names.join(" ")));
        Ok(())
    }
}

fn silent() -> Output {
    Output::to(std::io::sink(), OutputArguments::default(), Style { has_tables: false, has_colours: false })
}

const YES: ConfirmationArguments = ConfirmationArguments { yes: true };

fn up(fake: &Fake, target: &str) -> Result<Vec<String>, String> {
    let arguments = UpgradeArguments { target: target.into(), confirmation: YES, output: OutputArguments::default() };
    let outcome = upgrade(&arguments, fake, &mut Prompts::standard(), &mut silent());
    outcome.map(|()| fake.calls.take()).map_err(|failure| failure.to_string())
}

fn down(fake: &Fake, target: &str) -> Result<Vec<String>, String> {
    let arguments = DowngradeArguments { target: target.into(), confirmation: YES, output: OutputArguments::default() };
    let outcome = downgrade(&arguments, fake, &mut Prompts::standard(), &mut silent());
    outcome.map(|()| fake.calls.take()).map_err(|failure| failure.to_string())
}

#[test]
fn an_upgrade_goes_step_by_step_and_ends_at_its_target() {
    for (applied, target, expected) in [
        (0, "head", &["up to 01_one", "up to 02_two", "up to 03_three"][..]),
        (0, "02", &["up to 01_one", "up to 02_two"]),
        (1, "02", &["up to 02_two"]),
        (1, "02_two", &["up to 02_two"]),
        (1, "two", &["up to 02_two"]),
        (2, "two", &[]),
        (3, "head", &[]),
    ] {
        assert_eq!(up(&Fake::new(applied), target).unwrap(), expected, "{applied} {target}");
    }
    assert!(up(&Fake::new(0), "four").unwrap_err().contains("no migration four"));
}

#[test]
fn a_downgrade_ends_after_its_target() {
    for (applied, target, expected) in [
        (3, "1", &["back 03_three"][..]),
        (3, "2", &["back 03_three 02_two"]),
        (2, "base", &["back 02_two 01_one"]),
        (3, "one", &["back 03_three 02_two"]),
        (3, "three", &[]),
        (3, "0", &[]),
        (0, "base", &[]),
    ] {
        assert_eq!(down(&Fake::new(applied), target).unwrap(), expected, "{applied} {target}");
    }
    assert!(down(&Fake::new(1), "2").unwrap_err().contains("only 1"));
    assert!(down(&Fake::new(1), "two").unwrap_err().contains("has no migration two"));
}

#[test]
fn a_newer_database_is_left_alone() {
    let fake = Fake { is_newer: true, ..Fake::new(2) };
    for outcome in [up(&fake, "head"), down(&fake, "1")] {
        assert!(outcome.unwrap_err().contains("04"), "the unknown migration is named");
    }
    assert!(fake.calls.take().is_empty());
    assert!(check_current(&fake.status().unwrap()).unwrap_err().to_string().contains("newer"));
    assert!(check_current(&Fake::new(3).status().unwrap()).is_ok());
    let pending = check_current(&Fake::new(1).status().unwrap()).unwrap_err().to_string();
    assert!(pending.contains("2 migrations") && pending.contains("irontrack database upgrade"), "{pending}");
}
