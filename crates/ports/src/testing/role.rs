//! The contract of [`RoleRepository`](crate::repo::RoleRepository).

use irontrack_domain::account::Role;

use super::{
    Ports, StoredRole, join,
    store::{at, commit, new_account},
};
use crate::repo::NewAccount;

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    roles_that_are_created_at_once_are_created_once(ports).await;
    synchronising_again_touches_nothing(ports).await;
    changed_texts_are_restored(ports).await;
    accounts_can_have_every_role(ports).await;
}

async fn synchronise(ports: &Ports<'_>, roles: &[Role], second: i64) {
    let mut unit = ports.begin().await;
    unit.roles().synchronise(roles, at(second)).await.expect("roles can be synchronised");
    commit(unit).await;
}

fn expect_role(ports: &Ports<'_>, role: Role, updated: i64, why: &str) {
    let expected = StoredRole {
        name: role.name().to_owned(),
        description: Some(role.description().to_owned()),
        created_at: at(1),
        updated_at: at(updated),
    };
    assert_eq!(ports.backdoor.role(role), Some(expected), "{why}: {}", role.slug());
}

/// Of programs that start together, in whatever order they list the roles, none fails. Needs a store without roles.
pub async fn roles_that_are_created_at_once_are_created_once(ports: &Ports<'_>) {
    synchronise(ports, &[], 1).await;
    assert_eq!(ports.backdoor.role(Role::Superuser), None, "no role is created that was not asked for");
    let units = join::all((0..8).map(|_| ports.begin())).await;
    let mut reversed = Role::ALL;
    reversed.reverse();
    let programs = units.into_iter().enumerate().map(|(number, mut unit)| async move {
        let roles = if number % 2 == 0 { Role::ALL } else { reversed };
        unit.roles().synchronise(&roles, at(1)).await.expect("roles can be created by several at once");
        commit(unit).await;
    });
    join::all(programs).await;
    for role in Role::ALL {
        expect_role(ports, role, 1, "a created role");
    }
}

/// What is right already keeps its times. Needs roles that were created at 1.
pub async fn synchronising_again_touches_nothing(ports: &Ports<'_>) {
    for roles in [&Role::ALL[..], &Role::ALL[..1], &[]] {
        synchronise(ports, roles, 2).await;
        for role in Role::ALL {
            expect_role(ports, role, 1, "a role that was right already");
        }
    }
}

/// Name and description come back, and only those of the roles that are asked for. Needs roles that were created at 1.
pub async fn changed_texts_are_restored(ports: &Ports<'_>) {
    let [plain, superuser, trainer] = Role::ALL;
    ports.backdoor.rewrite_role(superuser, "Boss", Some(superuser.description()));
    synchronise(ports, &[plain], 3).await;
    let kept = ports.backdoor.role(superuser).map(|role| role.name);
    assert_eq!(kept.as_deref(), Some("Boss"), "a role that was not asked for stays");

    ports.backdoor.rewrite_role(trainer, trainer.name(), None);
    synchronise(ports, &Role::ALL, 4).await;
    expect_role(ports, plain, 1, "a role that was right already");
    expect_role(ports, superuser, 4, "a role with another name");
    expect_role(ports, trainer, 4, "a role without a description");

    ports.backdoor.rewrite_role(plain, plain.name(), Some("Something else"));
    synchronise(ports, &Role::ALL, 5).await;
    expect_role(ports, plain, 5, "a role with another description");
    expect_role(ports, superuser, 4, "a role that was right already");
}

/// Needs all roles.
pub async fn accounts_can_have_every_role(ports: &Ports<'_>) {
    for role in Role::ALL {
        let account = ports.store(NewAccount { role, ..new_account() }).await;
        assert_eq!(account.role, role);
    }
}
