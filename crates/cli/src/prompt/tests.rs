//! Questions, with and without somebody who answers.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use super::*;

/// A console with answers to come, which notes what was said.
#[derive(Clone)]
struct Script {
    is_interactive: bool,
    answers: Rc<RefCell<VecDeque<&'static str>>>,
    said: Rc<RefCell<String>>,
}

impl Script {
    fn new(is_interactive: bool, answers: &[&'static str]) -> Self {
        let answers = Rc::new(RefCell::new(answers.iter().copied().collect()));
        Self { is_interactive, answers, said: Rc::default() }
    }

    fn prompts(&self) -> Prompts {
        Prompts::on(self.clone())
    }

    fn said(&self) -> String {
        self.said.borrow().clone()
    }
}

impl Console for Script {
    fn is_interactive(&self) -> bool {
        self.is_interactive
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.said.borrow_mut().push_str(text);
        Ok(())
    }

    fn line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        Ok(self.answers.borrow_mut().pop_front().map(|line| Zeroizing::new(line.to_owned())))
    }

    fn hidden_line(&mut self, question: &str) -> io::Result<Zeroizing<String>> {
        self.say(question)?;
        self.line()?.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

const NAME: Question = Question { label: "Full Name", option: "--name" };

fn short(text: &str) -> Result<String, &'static str> {
    if text.len() < 5 { Ok(text.to_owned()) } else { Err("is too long") }
}

fn two(failure: &Failure) -> bool {
    failure.exit_code() == std::process::ExitCode::from(2)
}

#[test]
fn an_option_answers_beforehand() {
    let nobody = Script::new(false, &[]);
    assert_eq!(nobody.prompts().text(Some("Jo"), NAME, short).unwrap(), "Jo");
    let failure = nobody.prompts().text(Some("Joanna"), NAME, short).unwrap_err();
    assert_eq!(failure.to_string(), "--name is wrong: is too long");
    assert!(two(&failure) && nobody.said().is_empty());
    assert!(nobody.prompts().confirm(true, NAME).unwrap());
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let nobody = Script::new(false, &["Jo", "y", "geheim1"]);
    let failures = [
        (nobody.prompts().text(None, NAME, short).unwrap_err(), "--name"),
        (nobody.prompts().confirm(false, NAME).unwrap_err(), "--name"),
        (nobody.prompts().new_password(&PasswordArguments::default(), short).unwrap_err(), "--password-stdin"),
    ];
    for (failure, option) in failures {
        assert!(failure.to_string().contains(option), "{failure}");
        assert!(two(&failure), "{failure}");
    }
    assert_eq!(nobody.said(), "");
    assert_eq!(nobody.answers.borrow().len(), 3, "nothing was read");
}

#[test]
fn a_wrong_answer_is_asked_for_again() {
    let person = Script::new(true, &["Joanna", "Jo"]);
    assert_eq!(person.prompts().text(None, NAME, short).unwrap(), "Jo");
    assert_eq!(person.said(), "Full Name: Full Name: is too long\nFull Name: ");
    let stubborn = Script::new(true, &["Joanna", "Joanna", "Joanna", "Jo"]);
    let failure = stubborn.prompts().text(None, NAME, short).unwrap_err();
    assert!(two(&failure) && stubborn.answers.borrow().len() == 1, "{failure}");
    let gone = Script::new(true, &[]);
    let failure = gone.prompts().text(None, NAME, short).unwrap_err();
    assert!(!two(&failure) && failure.to_string().contains("no answer"), "{failure}");
}

#[test]
fn yes_and_no_are_told_apart() {
    for (answer, expected) in [("y", true), ("YES", true), ("n", false), (" no ", false)] {
        assert_eq!(Script::new(true, &[answer]).prompts().confirm(false, NAME).unwrap(), expected, "{answer}");
    }
    let person = Script::new(true, &["", "n"]);
    assert!(!person.prompts().confirm(false, NAME).unwrap(), "nothing typed is no yes");
    assert!(person.said().contains("Full Name [y/n]: ") && person.said().contains("expected y or n"));
}

#[test]
fn a_typed_password_is_typed_twice() {
    let ask = |answers: &[&'static str]| {
        let person = Script::new(true, answers);
        (person.prompts().new_password(&PasswordArguments::default(), short), person.said())
    };
    assert_eq!(ask(&["abc", "abc"]).0.unwrap(), "abc");
    let (password, said) = ask(&["abc", "abd", "xyz", "xyz"]);
    assert_eq!(password.unwrap(), "xyz");
    assert!(said.contains("not the same"), "{said}");
    let (password, said) = ask(&["geheim", "geheim", "abc", "abc"]);
    assert_eq!(password.unwrap(), "abc");
    assert!(said.contains("is too long") && !said.contains("geheim"), "{said}");
}

#[test]
fn a_piped_password_is_the_first_line() {
    let arguments = PasswordArguments { password: None, password_stdin: true };
    assert_eq!(Script::new(false, &["abc", "more"]).prompts().new_password(&arguments, short).unwrap(), "abc");
    for (console, shown) in [
        (Script::new(false, &[]), "empty"),
        (Script::new(false, &["geheim"]), "--password-stdin is wrong: is too long"),
        (Script::new(true, &["abc"]), "terminal"),
    ] {
        let failure = console.prompts().new_password(&arguments, short).unwrap_err();
        assert!(two(&failure) && failure.to_string().contains(shown), "{failure}");
        assert!(!failure.to_string().contains("geheim"), "{failure}");
    }
    let given = PasswordArguments { password: Some("geheim".to_owned().into()), password_stdin: false };
    let failure = Script::new(false, &[]).prompts().new_password(&given, short).unwrap_err();
    assert!(failure.to_string().contains("--password") && !failure.to_string().contains("geheim"), "{failure}");
}
