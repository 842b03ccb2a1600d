//! The contract of [`GrantRepository`](crate::repo::GrantRepository) and [`GrantQueries`](crate::query::GrantQueries).

use irontrack_domain::{
    account::Role,
    training::{AccessLevel, MyAccess, SharingStatus, Template},
};

use super::{
    store::{Ports, at, commit, email, new_account},
    training_unit::template,
};
use crate::repo::NewAccount;

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    access_is_given_changed_and_taken(ports).await;
    grants_are_listed_by_address(ports).await;
}

/// A grant keeps its level unless another one is named, and the time of when it was given first.
pub async fn access_is_given_changed_and_taken(ports: &Ports<'_>) {
    let [owner, reader] = [ports.account().await, ports.account().await];
    let unit = Template::Unit(ports.unit(&template(owner, "Given", SharingStatus::Private), &[]).await);
    for (second, level, expected) in [
        (1, None, AccessLevel::Read),
        (2, Some(AccessLevel::Write), AccessLevel::Write),
        (3, None, AccessLevel::Write),
        (4, Some(AccessLevel::Read), AccessLevel::Read),
    ] {
        let mut work = ports.begin().await;
        work.grants().give(unit, reader, level, owner, at(second)).await.expect("access is given");
        let grant = work.grants().of(unit, reader).await.expect("a grant can be asked for").expect("there is one");
        assert_eq!(work.grants().count(unit).await.expect("grants can be counted"), 1);
        commit(work).await;
        assert_eq!((grant.user_id, grant.level, grant.granted_by), (reader, expected, Some(owner)));
        assert_eq!(grant.created_at, at(1), "when it was given first");
    }
    let mut work = ports.begin().await;
    assert!(work.grants().take(unit, reader).await.expect("access is taken"));
    assert!(!work.grants().take(unit, reader).await.expect("nothing is taken"));
    assert_eq!(work.grants().of(unit, reader).await.expect("a grant can be asked for"), None);
    commit(work).await;
}

/// To whoever may read the unit, with what they may do; others find nothing.
pub async fn grants_are_listed_by_address(ports: &Ports<'_>) {
    let [owner, stranger] = [ports.account().await, ports.account().await];
    let unit = Template::Unit(ports.unit(&template(owner, "Listed", SharingStatus::Private), &[]).await);
    let unique = uuid::Uuid::new_v4().simple().to_string();
    for person in ["b", "A", "c"] {
        let account = ports.store(NewAccount { email: email(person, &unique), ..new_account() }).await;
        let mut work = ports.begin().await;
        work.grants().give(unit, account.id, None, owner, at(0)).await.expect("access is given");
        commit(work).await;
    }
    let (access, grants) = ports.grants.grants(owner, unit).await.expect("grants can be listed").expect("a unit");
    assert_eq!(access, MyAccess::Owner);
    let addresses: Vec<_> = grants.iter().map(|grant| grant.email.as_str()).collect();
    assert_eq!(addresses, ["A", "b", "c"].map(|person| format!("{person}.{unique}@example.com")));
    assert_eq!(ports.grants.grants(stranger, unit).await.expect("grants can be asked for"), None);
}
