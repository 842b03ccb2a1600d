//! The contract of [`AccountRepository`](crate::repo::AccountRepository) and
//! [`AccountQueries`](crate::query::AccountQueries).

use std::cell::Cell;

use irontrack_domain::{
    SessionId, UserId,
    account::{Account, PersonName, Role},
};
use uuid::Uuid;

use super::{
    join,
    store::{Ports, at, commit, email, expect_conflict, expect_missing, new_account, new_session, rollback},
};
use crate::{
    Constraint, PasswordHash,
    query::{PrincipalState, SessionState},
    repo::NewAccount,
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    // The third role is missing on purpose.
    ports.create_roles(&[Role::ApplicationAccess, Role::Superuser]).await;
    accounts_are_stored_as_they_are(ports).await;
    an_address_belongs_to_one_account(ports).await;
    the_first_of_two_with_the_same_address_wins(ports).await;
    a_role_must_have_been_created(ports).await;
    only_an_active_account_can_be_locked(ports).await;
    a_locked_account_stays(ports).await;
    an_account_locked_unchanged_is_locked_by_one_at_a_time(ports).await;
    credentials_are_found_by_the_canonical_address(ports).await;
    a_principal_has_its_own_sessions_only(ports).await;
    a_deleted_account_is_gone(ports).await;
}

fn no_session() -> SessionId {
    SessionId::new(Uuid::new_v4())
}

async fn principal(ports: &Ports<'_>, user: UserId, session: SessionId) -> Option<PrincipalState> {
    ports.accounts.principal(user, session).await.expect("the principal can be read")
}

/// Inserting answers the account, and both queries find it with every field.
pub async fn accounts_are_stored_as_they_are(ports: &Ports<'_>) {
    let name = PersonName::parse("Jo Lifter").expect("a name");
    let longest = PersonName::parse(&"ö".repeat(PersonName::MAX)).expect("a name");
    for (name, is_active, role) in
        [(None, true, Role::ApplicationAccess), (name, false, Role::Superuser), (longest, true, Role::Superuser)]
    {
        let new = NewAccount { name, is_active, role, created_at: at(5), ..new_account() };
        let NewAccount { id, name, email, password, .. } = new.clone();
        let account = Account {
            id,
            name: name.clone(),
            email: email.clone(),
            is_active,
            role,
            created_at: at(5),
            updated_at: at(5),
        };
        assert_eq!(ports.store(new).await, account, "the answer is the account, times to the microsecond");
        let found = principal(ports, id, no_session()).await;
        assert_eq!(found, Some(PrincipalState { name, email: email.clone(), is_active, role, session: None }));
        let found = ports.accounts.credentials(&email.canonical()).await.expect("credentials can be read");
        let found = found.expect("there are credentials");
        assert_eq!((found.user_id, found.email, found.is_active), (id, email, is_active));
        assert!(found.password == password, "the hash is the stored one");
    }
}

/// The same address in another case is taken, also within the same unit of work.
pub async fn an_address_belongs_to_one_account(ports: &Ports<'_>) {
    let unique = Uuid::new_v4().simple().to_string();
    for (first, second) in [("Jo", "Jo"), ("Jo.Case", "jo.cASE"), ("J\u{fc}rgen", "J\u{dc}RGEN")] {
        let one = NewAccount { email: email(first, &unique), ..new_account() };
        let other = NewAccount { email: email(second, &unique), ..new_account() };
        let mut unit = ports.begin().await;
        unit.accounts().insert(one.clone()).await.expect("the first account is stored");
        let result = unit.accounts().insert(other.clone()).await;
        expect_conflict(result, Constraint::AccountEmail, "twice in one unit of work");
        rollback(unit).await;

        ports.store(one).await;
        let mut unit = ports.begin().await;
        let result = unit.accounts().insert(other.clone()).await;
        expect_conflict(result, Constraint::AccountEmail, &format!("{} after {first}", other.email));
        rollback(unit).await;
        assert_eq!(principal(ports, other.id, no_session()).await, None, "the refused account is not there");
    }
}

/// Whoever comes second waits for the first one's end.
pub async fn the_first_of_two_with_the_same_address_wins(ports: &Ports<'_>) {
    for first_commits in [true, false] {
        let one = new_account();
        let other = NewAccount { email: one.email.clone(), ..new_account() };
        let (mut first, mut second) = (ports.begin().await, ports.begin().await);
        first.accounts().insert(one.clone()).await.expect("the first account is stored");
        let finish = async {
            if first_commits {
                commit(first).await;
            } else {
                rollback(first).await;
            }
        };
        let (result, ()) = join::both(async { second.accounts().insert(other.clone()).await }, finish).await;
        if first_commits {
            expect_conflict(result, Constraint::AccountEmail, "the second of two at once");
            rollback(second).await;
        } else {
            result.expect("the address is free again");
            commit(second).await;
        }
        let found = ports.accounts.credentials(&one.email.canonical()).await.expect("credentials can be read");
        let winner = if first_commits { one.id } else { other.id };
        assert_eq!(found.map(|found| found.user_id), Some(winner), "committed: {first_commits}");
    }
}

/// A role that was not created is a missing reference.
pub async fn a_role_must_have_been_created(ports: &Ports<'_>) {
    let account = NewAccount { role: Role::FitnessTrainer, ..new_account() };
    let id = account.id;
    let mut unit = ports.begin().await;
    let result = unit.accounts().insert(account).await;
    expect_missing(result, Constraint::AccountRole, "an account with a role that was never created");
    rollback(unit).await;
    assert_eq!(principal(ports, id, no_session()).await, None, "the refused account is not there");
}

/// `true` for active accounts, `false` for inactive and absent ones.
pub async fn only_an_active_account_can_be_locked(ports: &Ports<'_>) {
    let active = ports.account().await;
    let inactive = ports.store(NewAccount { is_active: false, ..new_account() }).await.id;
    let absent = UserId::new(Uuid::new_v4());
    for (id, expected) in [(active, true), (inactive, false), (absent, false), (active, true)] {
        let mut unit = ports.begin().await;
        let locked = unit.accounts().lock_active(id).await.expect("the account can be locked");
        assert_eq!(locked, expected, "active {active}, inactive {inactive}, asked for {id}");
        rollback(unit).await;
    }
}

/// An account that units of work have locked, several at once, cannot be deleted until all of them end.
pub async fn a_locked_account_stays(ports: &Ports<'_>) {
    for commits in [true, false] {
        let id = ports.account().await;
        let (mut one, mut other) = (ports.begin().await, ports.begin().await);
        for unit in [&mut one, &mut other] {
            assert!(unit.accounts().lock_active(id).await.expect("the account can be locked"), "the lock is shared");
        }
        rollback(other).await;
        assert!(!ports.backdoor.delete_account(id), "a locked account was deleted");
        one.sessions().insert(&new_session(id)).await.expect("a locked account can have a new session");
        if commits {
            commit(one).await;
        } else {
            rollback(one).await;
        }
        assert!(ports.backdoor.delete_account(id), "the lock ends with the unit of work");
    }
}

/// `true` for an active account with that password; and then the second who asks waits for the end of the first.
pub async fn an_account_locked_unchanged_is_locked_by_one_at_a_time(ports: &Ports<'_>) {
    let (active, inactive) = (new_account(), NewAccount { is_active: false, ..new_account() });
    let (password, other_password) = (active.password.clone(), PasswordHash::new("another".into()));
    let id = ports.store(active).await.id;
    let inactive = ports.store(inactive).await.id;
    for (id, password, expected) in [
        (id, &password, true),
        (id, &other_password, false),
        (inactive, &password, false),
        (UserId::new(Uuid::new_v4()), &password, false),
    ] {
        let mut unit = ports.begin().await;
        let locked = unit.accounts().lock_unchanged(id, password).await.expect("the account can be locked");
        assert_eq!(locked, expected, "account {id}");
        rollback(unit).await;
    }
    let (mut holder, mut second) = (ports.begin().await, ports.begin().await);
    assert!(holder.accounts().lock_unchanged(id, &password).await.expect("the account can be locked"));
    let released = Cell::new(false);
    let wait = async {
        assert!(second.accounts().lock_unchanged(id, &password).await.expect("the account can be locked"));
        assert!(released.get(), "two units of work have locked one account");
        rollback(second).await;
    };
    let hold = async {
        for _ in 0..50 {
            holder.sessions().ids_of(id).await.expect("sessions can be read");
        }
        released.set(true);
        commit(holder).await;
    };
    join::both(wait, hold).await;
}

/// The stored spelling does not matter, and nothing in an address is a pattern.
pub async fn credentials_are_found_by_the_canonical_address(ports: &Ports<'_>) {
    let unique = Uuid::new_v4().simple().to_string();
    let address = email("\u{c4}nne_Case%", &unique);
    let password = PasswordHash::new(format!("$argon2id$v=19$m=1,t=1,p=1${unique}$A/+b"));
    let account = NewAccount { email: address.clone(), password: password.clone(), ..new_account() };
    let id = ports.store(account).await.id;
    assert_eq!(address.canonical(), format!("\u{e4}nne_case%.{unique}@example.com"));
    let found = ports.accounts.credentials(&address.canonical()).await.expect("credentials can be read");
    let found = found.expect("the account is found by its canonical address");
    assert_eq!((found.user_id, found.email, found.is_active), (id, address, true));
    assert!(found.password == password, "the hash is the stored one");
    for other in [
        format!("\u{e4}nnexcase%.{unique}@example.com"),
        format!("%.{unique}@example.com"),
        format!("anne_case%.{unique}@example.com"),
        format!("nobody.{unique}@example.com"),
        String::new(),
    ] {
        let found = ports.accounts.credentials(&other).await.expect("credentials can be read");
        assert!(found.is_none(), "{other:?} is nobody's address, found {found:?}");
    }
}

/// A session of somebody else, or of nobody, is not there.
pub async fn a_principal_has_its_own_sessions_only(ports: &Ports<'_>) {
    let (jo, al) = (ports.account().await, ports.account().await);
    let mut sessions = [new_session(jo), new_session(jo), new_session(al)];
    sessions[1].last_used_at = at(7);
    sessions[1].expires_at = at(70);
    for session in &sessions {
        ports.store_session(session).await;
    }
    for (user, session, expected) in [
        (jo, sessions[0].id, Some((1000, 0))),
        (jo, sessions[1].id, Some((70, 7))),
        (jo, sessions[2].id, None),
        (jo, no_session(), None),
        (al, sessions[2].id, Some((1000, 0))),
        (al, sessions[0].id, None),
    ] {
        let found = principal(ports, user, session).await.expect("the account is there, whatever the session");
        let expected = expected.map(|(end, use_)| SessionState { expires_at: at(end), last_used_at: at(use_) });
        assert_eq!(found.session, expected, "session {session} of {user}");
    }
    assert_eq!(principal(ports, UserId::new(Uuid::new_v4()), sessions[0].id).await, None, "nobody has no state");
}

/// Neither its principal nor its credentials are left, and its address is free.
pub async fn a_deleted_account_is_gone(ports: &Ports<'_>) {
    let account = new_account();
    let id = ports.store(account.clone()).await.id;
    let session = new_session(id);
    ports.store_session(&session).await;
    assert!(ports.backdoor.delete_account(id), "the account can be deleted");
    assert_eq!(principal(ports, id, session.id).await, None);
    let found = ports.accounts.credentials(&account.email.canonical()).await.expect("credentials can be read");
    assert!(found.is_none(), "a deleted account has no credentials, found {found:?}");
    let again = ports.store(NewAccount { email: account.email.clone(), ..new_account() }).await;
    assert_eq!(again.email, account.email);
}
