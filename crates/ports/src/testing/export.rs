//! The contract of [`ExportQueries`](crate::query::ExportQueries).

use std::fmt::Debug;

use irontrack_domain::{
    UserId,
    account::Role,
    training::{AccessLevel, Mode, MyAccess, SharingStatus, Template},
};

use super::{
    store::{Ports, at, commit},
    training_session::scene::{details, freestyle, set, unplanned},
    training_unit::{entry, template},
};
use crate::{
    RepositoryError,
    query::{SessionPosition, SharedTemplate},
    repo::NewTrainingSession,
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    visible_exercises_of_the_account_come_by_id(ports).await;
    units_and_plans_of_the_account_come_by_id(ports).await;
    grants_in_both_directions_come_with_what_they_are_for(ports).await;
    sessions_come_by_start_whatever_their_size(ports).await;
    nothing_comes_of_an_empty_account(ports).await;
}

/// Goes through all parts of at most that size until nothing comes.
async fn walk<T, P>(
    limit: i64,
    part: impl AsyncFn(Option<P>, i64) -> Result<Vec<T>, RepositoryError>,
    position: impl Fn(&T) -> P,
) -> Vec<T> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let items = part(after, limit).await.expect("a part can be read");
        assert!(i64::try_from(items.len()).is_ok_and(|count| count <= limit), "at most {limit}: {}", items.len());
        let Some(last) = items.last() else { return all };
        after = Some(position(last));
        all.extend(items);
        assert!(all.len() < 1000, "expected an end");
    }
}

/// Parts of every size hold the same.
async fn walks<T: Debug + PartialEq, P>(
    expected: &[T],
    part: impl AsyncFn(Option<P>, i64) -> Result<Vec<T>, RepositoryError>,
    position: impl Fn(&T) -> P,
) {
    for limit in [1, 2, 3, 100] {
        assert_eq!(walk(limit, &part, &position).await, expected, "in parts of {limit}");
    }
}

/// What is hidden, and what others have, does not come.
pub async fn visible_exercises_of_the_account_come_by_id(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let mut own: Vec<_> = (0..5).map(|_| ports.exercise(owner)).collect();
    ports.exercise(other);
    ports.backdoor.hide_exercise(own.remove(2));
    own.sort_unstable();
    let mut expected = Vec::new();
    for id in own {
        let found = ports.exercises.by_id(id).await.expect("the exercise can be read");
        expected.push(found.expect("it is there"));
    }
    let part = async |after, limit| ports.export.exercises_of(owner, after, limit).await;
    walks(&expected, part, |exercise| exercise.id).await;
}

/// Whatever their status is, with what is in them; those that others share are not the account's.
pub async fn units_and_plans_of_the_account_come_by_id(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let (mut units, mut plans) = (Vec::new(), Vec::new());
    for (text, status) in [("c", SharingStatus::Private), ("a", SharingStatus::Shared), ("b", SharingStatus::Public)] {
        let unit =
            ports.unit(&template(owner, text, status), &[entry(text, Mode::Reps), entry(text, Mode::Time)]).await;
        let plan = ports.plan(&template(owner, text, status), &[super::training_plan::on(1, 0, unit)]).await;
        units.push(unit);
        plans.push(plan);
        let theirs = Template::Unit(ports.unit(&template(other, text, SharingStatus::Shared), &[]).await);
        give(ports, theirs, owner, AccessLevel::Write, other).await;
    }
    units.sort_unstable();
    plans.sort_unstable();
    let (mut all_units, mut all_plans) = (Vec::new(), Vec::new());
    for (unit, plan) in units.into_iter().zip(plans) {
        let unit = ports.training_units.unit(owner, unit).await.expect("the unit can be read").expect("a unit");
        let plan = ports.training_plans.plan(owner, plan).await.expect("the plan can be read").expect("a plan");
        assert_eq!((unit.head.my_access, plan.head.my_access), (MyAccess::Owner, MyAccess::Owner));
        all_units.push(unit);
        all_plans.push(plan);
    }
    walks(&all_units, async |after, limit| ports.export.units_of(owner, after, limit).await, |unit| unit.id).await;
    walks(&all_plans, async |after, limit| ports.export.plans_of(owner, after, limit).await, |plan| plan.id).await;
}

async fn give(ports: &Ports<'_>, template: Template, user: UserId, level: AccessLevel, by: UserId) {
    let mut work = ports.begin().await;
    work.grants().give(template, user, Some(level), by, at(7)).await.expect("access is given");
    commit(work).await;
}

/// Those on the account's own units and plans, also private ones, and those that it has on others, which sleep while
/// these are private.
pub async fn grants_in_both_directions_come_with_what_they_are_for(ports: &Ports<'_>) {
    let [owner, reader, writer] = [ports.account().await, ports.account().await, ports.account().await];
    let mut expected = Vec::new();
    for status in [SharingStatus::Private, SharingStatus::Shared, SharingStatus::Public] {
        let text = status.as_str();
        for giver in [owner, writer] {
            let unit = Template::Unit(ports.unit(&template(giver, text, status), &[]).await);
            let plan = Template::Plan(ports.plan(&template(giver, text, status), &[]).await);
            for made in [unit, plan] {
                give(ports, made, reader, AccessLevel::Read, giver).await;
                let taker = if giver == owner { writer } else { owner };
                give(ports, made, taker, AccessLevel::Write, giver).await;
                if giver == owner {
                    expected.push((made, reader, AccessLevel::Read, Some(giver)));
                    expected.push((made, taker, AccessLevel::Write, Some(giver)));
                } else if status != SharingStatus::Private {
                    expected.push((made, owner, AccessLevel::Write, Some(giver)));
                }
            }
        }
    }
    let place = |template: Template| match template {
        Template::Unit(id) => (false, id.uuid()),
        Template::Plan(id) => (true, id.uuid()),
    };
    expected.sort_by_key(|&(template, user, ..)| (place(template), user));
    for limit in [1, 2, 100] {
        let part = async |after, limit| ports.export.grants_of(owner, after, limit).await;
        let found = walk(limit, part, SharedTemplate::position).await;
        assert!(found.iter().all(|shared| shared.grant.created_at == at(7)), "{found:?}");
        assert!(
            found.iter().all(|shared| ["private", "shared", "public"].contains(&shared.name.as_str())),
            "{found:?}"
        );
        let seen = found.iter().map(|shared| {
            let grant = &shared.grant;
            (shared.template, grant.user_id, grant.level, grant.granted_by)
        });
        assert_eq!(seen.collect::<Vec<_>>(), expected, "in parts of {limit}");
    }
}

/// As they are read one by one, equal starts by id; a part may hold fewer where sessions are large.
pub async fn sessions_come_by_start_whatever_their_size(ports: &Ports<'_>) {
    const LARGE: usize = 30;
    let [owner, other] = [ports.account().await, ports.account().await];
    let exercise = ports.exercise(owner);
    let mut done = unplanned(exercise, "Squat", Mode::Reps);
    done.sets = vec![set(5); 100];
    let mut ids = Vec::new();
    for (start, exercises) in [(3, LARGE), (1, LARGE), (1, 0), (2, LARGE), (1, 1), (0, LARGE)] {
        let new = NewTrainingSession { details: details(start), ..freestyle(owner) };
        ids.push((start, ports.train(&new, &vec![done.clone(); exercises]).await));
    }
    ports.train(&freestyle(other), &[]).await;
    ids.sort_unstable();
    let mut expected = Vec::new();
    for (_, id) in ids {
        expected.push(ports.trained(owner, id).await);
    }
    let part = async |after, limit| ports.export.sessions_of(owner, after, limit).await;
    let position = |session: &irontrack_domain::training::session::TrainingSession| SessionPosition {
        start: session.head.course.start().time(),
        id: session.head.id(),
    };
    walks(&expected, part, position).await;
}

/// Also where others have something.
pub async fn nothing_comes_of_an_empty_account(ports: &Ports<'_>) {
    let nobody = ports.account().await;
    let exercises = ports.export.exercises_of(nobody, None, 10).await.map(|items| items.len());
    let units = ports.export.units_of(nobody, None, 10).await.map(|items| items.len());
    let plans = ports.export.plans_of(nobody, None, 10).await.map(|items| items.len());
    let grants = ports.export.grants_of(nobody, None, 10).await.map(|items| items.len());
    let sessions = ports.export.sessions_of(nobody, None, 10).await.map(|items| items.len());
    for (what, found) in [exercises, units, plans, grants, sessions].into_iter().enumerate() {
        assert!(matches!(found, Ok(0)), "kind {what}: expected nothing, got {found:?}");
    }
}
