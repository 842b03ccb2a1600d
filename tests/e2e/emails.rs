//! Addresses: two spellings that a person would take for the same address never become two accounts, and whoever signed
//! up can sign in with exactly what they typed.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body, password, sign_in},
    http::{Request, Response},
};
use serde_json::json;

/// Pairs of spellings of one address.
const PAIRS: [(&str, &str); 57] = [
    // Case.
    ("jo@case.example.com", "JO@case.example.com"),
    ("jo@case2.example.com", "jo@CASE2.Example.COM"),
    ("Jo.Lifter@case3.example.com", "jO.lIFTER@CASE3.EXAMPLE.COM"),
    ("jürgen@case4.example.com", "JÜRGEN@case4.example.com"),
    ("ørjan@case5.example.com", "ØRJAN@case5.example.com"),
    ("жанна@case6.example.com", "ЖАННА@case6.example.com"),
    ("ωmega@case7.example.com", "ΩMEGA@case7.example.com"),
    // Composed and decomposed.
    ("jürgen@nfc.example.com", "ju\u{308}rgen@nfc.example.com"),
    ("JU\u{308}RGEN@nfc2.example.com", "jürgen@nfc2.example.com"),
    ("josé@nfc3.example.com", "jose\u{301}@nfc3.example.com"),
    ("ångström@nfc4.example.com", "a\u{30a}ngstro\u{308}m@nfc4.example.com"),
    ("jo@münchen.example.com", "jo@mu\u{308}nchen.example.com"),
    ("tiế@nfc5.example.com", "tie\u{302}\u{301}@nfc5.example.com"),
    ("한@nfc6.example.com", "\u{1112}\u{1161}\u{11ab}@nfc6.example.com"),
    // Letters that look or fold alike.
    ("ibrahim@fold1.example.com", "İbrahim@fold1.example.com"),
    ("ibrahim@fold2.example.com", "ıbrahim@fold2.example.com"),
    ("İbrahim@fold3.example.com", "i\u{307}brahim@fold3.example.com"),
    ("strasse@fold4.example.com", "straße@fold4.example.com"),
    ("straße@fold5.example.com", "STRASSE@fold5.example.com"),
    ("straße@fold6.example.com", "STRAẞE@fold6.example.com"),
    ("kim@fold7.example.com", "\u{212a}im@fold7.example.com"),
    ("åsa@fold8.example.com", "\u{212b}sa@fold8.example.com"),
    ("ωmega@fold9.example.com", "\u{2126}mega@fold9.example.com"),
    ("σοφος@fold10.example.com", "ΣΟΦΟΣ@fold10.example.com"),
    ("σοφοσ@fold11.example.com", "σοφος@fold11.example.com"),
    ("sam@fold12.example.com", "ſam@fold12.example.com"),
    ("ﬁt@fold13.example.com", "fit@fold13.example.com"),
    ("µ@fold14.example.com", "μ@fold14.example.com"),
    ("ǆ@fold15.example.com", "ǅ@fold15.example.com"),
    // Full width and other styles.
    ("jo@wide.example.com", "ｊｏ@wide.example.com"),
    ("jo@wide2.example.com", "jo@ｗｉｄｅ２.example.com"),
    ("jo1@wide3.example.com", "jo１@wide3.example.com"),
    ("jo@wide4.example.com", "𝐣𝐨@wide4.example.com"),
    ("jo2@wide5.example.com", "jo²@wide5.example.com"),
    ("jo@wide6.example.com", "jo＠wide6.example.com"),
    // Internationalised domains.
    ("jo@münchen.de", "jo@xn--mnchen-3ya.de"),
    ("jo@MÜNCHEN.ORG", "jo@xn--mnchen-3ya.org"),
    ("jo@bücher.example.com", "jo@XN--BCHER-KVA.example.com"),
    ("jo@faß.de", "jo@fass.de"),
    ("jo@faß.com", "jo@xn--fa-hia.com"),
    ("jo@пример.com", "jo@xn--e1afmkfd.com"),
    ("jo@例え.com", "jo@xn--r8jz45g.com"),
    ("jo@ΒΌΛΟΣ.com", "jo@βόλος.com"),
    // Full stops.
    ("jo@stop.example.com", "jo@stop。example.com"),
    ("jo@stop2.example.com", "jo@stop2．example．com"),
    ("jo@stop3.example.com", "jo@stop3｡example.com"),
    ("jo@stop4.example.com", "jo@stop4.example.com."),
    ("jo.l@stop5.example.com", "jo。l@stop5.example.com"),
    // Blanks, display names, invisible characters.
    ("jo@blank.example.com", "  jo@blank.example.com\t"),
    ("jo@blank2.example.com", "\u{a0}jo@blank2.example.com\u{2003}"),
    ("jo@name.example.com", "Jo Lifter <jo@name.example.com>"),
    ("jo@name2.example.com", "<JO@name2.example.com>"),
    ("jo@name3.example.com", "\"Lifter, Jo\" < jo@name3.example.com >"),
    ("jo@soft.example.com", "j\u{ad}o@soft.example.com"),
    ("jo@zero.example.com", "j\u{200b}o@zero.example.com"),
    ("jo@join.example.com", "jo@jo\u{200d}in.example.com"),
    ("jo@mark.example.com", "\u{feff}jo@mark.example.com"),
];

fn sign_up(app: &App, email: &str) -> Response {
    app.send(&Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(email)))
}

/// Who created an account with these words can sign in with them.
fn assert_signs_in(app: &App, email: &str) {
    let answer = app.send(&sign_in(email, password()));
    assert_eq!(answer.status, 204, "expected {email:?} to sign in, having signed up with it: {}", answer.text());
    let session = Session::of(&answer);
    assert_eq!(app.get(&session, "/api/v1/access/me").status, 200, "expected the tokens of {email:?} to be good");
}

#[test]
fn two_spellings_of_an_address_never_are_two_accounts() {
    let app = App::start();
    let mut failures = Vec::new();
    let mut both_refused = 0;
    for (one, other) in PAIRS.into_iter().chain(PAIRS.map(|(one, other)| (other, one))) {
        let answers = [one, other].map(|email| (email, sign_up(&app, email)));
        match [answers[0].1.status, answers[1].1.status] {
            [201, 409 | 422] | [422, 201] => {}
            [422, 422] => both_refused += 1,
            seen => failures.push(format!("{one:?}, then {other:?}: {seen:?}")),
        }
        for (email, answer) in &answers {
            if answer.status == 201 {
                assert_signs_in(&app, email);
            }
        }
        app.database.connect().execute("DELETE FROM user_account", &[]).expect("accounts can be deleted");
    }
    assert!(failures.is_empty(), "expected one account or 422:\n{}", failures.join("\n"));
    assert!(both_refused < 25, "{both_refused} pairs prove nothing");
    app.database.assert_invariants(true);
}

/// Superusers create accounts with the case as it is; that must not open a second way.
#[test]
fn an_address_that_a_superuser_gave_is_taken_as_well() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let victim = mint.person(Role::ApplicationAccess);
    let create =
        |email: &str| app.send_as(&superuser, Request::new("POST", "/api/v1/users").json(&bodies::user(email)));
    let rename = |email: &str| {
        let path = format!("/api/v1/users/{}", victim.user_id.unwrap_or_default());
        app.send_as(&superuser, Request::new("PATCH", &path).json(&json!({"email": email})))
    };
    let mut failures = Vec::new();
    for (one, other) in PAIRS {
        let (first, second) = (create(other), [sign_up(&app, one), create(one), rename(one)]);
        if first.status == 201 {
            for answer in &second {
                if ![409, 422].contains(&answer.status) {
                    failures.push(format!("{other:?}, then {one:?}: {} {}", answer.status, answer.text()));
                }
            }
            let stored = body(&first)["email"].as_str().unwrap_or_default().to_owned();
            assert_signs_in(&app, other);
            assert_signs_in(&app, &stored);
        } else {
            assert_eq!(first.status, 422, "{other:?}: {}", first.text());
        }
    }
    assert!(failures.is_empty(), "expected one account or 422:\n{}", failures.join("\n"));
    app.database.assert_invariants(true);
}

/// Not the same address, however much alike: both may have an account.
#[test]
fn different_addresses_are_different_accounts() {
    let app = App::start();
    for (one, other) in [
        ("jo@a.example.com", "jo@b.example.com"),
        ("jo+gym@a.example.com", "jo+run@a.example.com"),
        ("j.o@a.example.com", "jo@c.example.com"),
        ("jurgen@a.example.com", "jürgen@a.example.com"),
        ("jo@munchen.de", "jo@münchen.de"),
        ("jo_x@a.example.com", "jo%x@a.example.com"),
    ] {
        assert_eq!([one, other].map(|email| sign_up(&app, email).status), [201, 201], "{one} and {other}");
        assert_signs_in(&app, one);
        assert_signs_in(&app, other);
    }
    app.database.assert_invariants(true);
}
