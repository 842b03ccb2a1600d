//! Giving and taking roles.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body},
    http::{Request, Response},
};
use serde_json::{Value, json};

fn role(app: &App, who: &Session, email: &str, action: &str, slug: &str) -> Response {
    let path = format!("/api/v1/roles/{email}/{action}");
    app.send_as(who, Request::new("PATCH", &path).json(&json!({"roleSlug": slug})))
}

fn text(answer: &Response) -> (u16, String) {
    let body = body(answer);
    let text = body["message"].as_str().or(body["detail"].as_str()).unwrap_or_default();
    (answer.status, text.to_owned())
}

/// Every role, every request, and what comes of it.
#[test]
fn roles_are_given_and_taken_as_the_table_says() {
    use Role::{ApplicationAccess, FitnessTrainer, Superuser};

    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Superuser);
    let assigned = "Successfully assigned the '{slug}' role to {email}";
    let revoked = "Successfully revoked the '{slug}' role for {email} and set to default role 'application-access'";
    let has = "User {email} already has the '{slug}' role";
    let differs =
        "User {email} currently has the '{role}' role, which does not match the requested role '{slug}' for revocation";
    for (role_before, action, slug, status, message, role_after) in [
        (ApplicationAccess, "assign", "superuser", 200, assigned, Superuser),
        (ApplicationAccess, "assign", "fitness-trainer", 200, assigned, FitnessTrainer),
        (FitnessTrainer, "assign", "superuser", 200, assigned, Superuser),
        (FitnessTrainer, "assign", "fitness-trainer", 409, has, FitnessTrainer),
        (Superuser, "assign", "superuser", 409, has, Superuser),
        (Superuser, "assign", "fitness-trainer", 200, assigned, FitnessTrainer),
        (ApplicationAccess, "revoke", "superuser", 409, differs, ApplicationAccess),
        (ApplicationAccess, "revoke", "fitness-trainer", 409, differs, ApplicationAccess),
        (FitnessTrainer, "revoke", "superuser", 409, differs, FitnessTrainer),
        (FitnessTrainer, "revoke", "fitness-trainer", 200, revoked, ApplicationAccess),
        (Superuser, "revoke", "superuser", 200, revoked, ApplicationAccess),
        (Superuser, "revoke", "fitness-trainer", 409, differs, Superuser),
    ] {
        let user = mint.person(role_before);
        let before = mint.fingerprint();
        let what = format!("{role_before:?} {action} {slug}");
        let message =
            message.replace("{slug}", slug).replace("{email}", &user.email).replace("{role}", role_before.slug());
        let answer = role(&app, &superuser, &user.email, action, slug);
        assert_eq!(text(&answer), (status, message), "{what}");
        assert!(status == 200 || mint.fingerprint() == before, "{what} changed the database");
        let me = body(&app.get(&user, "/api/v1/access/me"));
        let expected = (json!(role_after.slug()), json!(role_after.is_superuser()));
        assert_eq!((me["roleSlug"].clone(), me["isSuperuser"].clone()), expected, "{what}");
    }
    app.database.assert_invariants(true);
}

#[test]
fn a_role_counts_at_once_in_the_sessions_there_are() {
    let app = App::start();
    let mut mint = app.mint();
    let [superuser, owner, user] =
        [Role::Superuser, Role::ApplicationAccess, Role::ApplicationAccess].map(|role| mint.person(role));
    let second = mint.session(user.user_id.unwrap_or_default(), &user.email);
    let exercise = format!("/api/v1/exercises/{}", mint.exercise(owner.user_id));
    let rights = |who: &Session| [app.get(who, "/api/v1/users").status, app.get(who, &exercise).status];
    for (action, slug, expected) in [
        ("assign", "fitness-trainer", [403, 200]),
        ("assign", "superuser", [200, 403]),
        ("revoke", "superuser", [403, 403]),
        ("assign", "superuser", [200, 403]),
        ("assign", "fitness-trainer", [403, 200]),
        ("revoke", "fitness-trainer", [403, 403]),
    ] {
        assert_eq!(role(&app, &superuser, &user.email, action, slug).status, 200, "{action} {slug}");
        assert_eq!([rights(&user), rights(&second)], [expected; 2], "{action} {slug}");
    }
}

#[test]
fn the_checks_come_in_their_order() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let admin = mint.person_called("System.Admin@example.com", Role::Superuser);
    let inactive = mint.person_called("In.Active@example.com", Role::FitnessTrainer);
    mint.execute("DELETE FROM user_session WHERE user_id = $1", &[&inactive.user_id]);
    mint.execute("UPDATE user_account SET is_active = false WHERE id = $1", &[&inactive.user_id]);
    let own = "Self-action forbidden: Cannot perform destructive action on your own account";
    let administrator = "Forbidden: Cannot modify the primary system administrator account";
    for action in ["assign", "revoke"] {
        for (who, email, slug, status, message) in [
            (&superuser, "nobody@example.com", "superuser", 404, "User not found"),
            (&superuser, "no%20address%2Fat%25all", "superuser", 404, "User not found"),
            (
                &superuser,
                "IN.ACTIVE@EXAMPLE.COM",
                "fitness-trainer",
                403,
                "Cannot modify role for inactive user In.Active@example.com",
            ),
            (&superuser, "system.admin@example.com", "superuser", 403, administrator),
            (&admin, "system.admin@example.com", "superuser", 403, administrator),
            (&superuser, superuser.email.as_str(), "superuser", 403, own),
            (&superuser, &superuser.email.to_uppercase(), "fitness-trainer", 403, own),
        ] {
            let seen = text(&role(&app, who, email, action, slug));
            assert_eq!(seen, (status, message.to_owned()), "{action} {slug} {email}");
        }
    }
}

#[test]
fn wrong_requests_are_named() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    for action in ["assign", "revoke"] {
        let path = format!("/api/v1/roles/nobody@example.com/{action}");
        for (sent, kind, field) in [
            (json!({}), "missing", "roleSlug"),
            (json!({"roleSlug": null}), "enum", "roleSlug"),
            (json!({"roleSlug": "application-access"}), "enum", "roleSlug"),
            (json!({"role_slug": "Superuser"}), "enum", "role_slug"),
            (json!({"roleSlug": "superuser", "role": 1}), "extra_forbidden", "role"),
        ] {
            let answer = app.send_as(&superuser, Request::new("PATCH", &path).json(&sent));
            assert_eq!(answer.status, 422, "{sent}");
            let entries: Value = body(&answer)["details"].clone();
            assert_eq!(
                (entries[0]["type"].clone(), entries[0]["field"].clone()),
                (json!(kind), json!(field)),
                "{sent}"
            );
            if kind == "enum" {
                assert_eq!(entries[0]["message"], "Input should be 'superuser' or 'fitness-trainer'", "{sent}");
            }
        }
        let nul = Request::new("PATCH", &path.replace("nobody", "no%00body")).json(&json!({"roleSlug": "superuser"}));
        let answer = app.send_as(&superuser, nul);
        assert_eq!((answer.status, body(&answer)["details"][0]["type"].clone()), (422, json!("string_nul")));
    }
}
