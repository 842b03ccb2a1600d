//! The contract of [`TrainingPlanRepository`](crate::repo::TrainingPlanRepository) and
//! [`TrainingPlanQueries`](crate::query::TrainingPlanQueries). Sharing and lists are those of training units; what differs
//! is here.

use irontrack_domain::{
    TrainingPlanId, TrainingUnitId, UserId,
    account::Role,
    exercise::DifficultyLevel,
    training::{Mode, MyAccess, SharingStatus, TrainingPlan},
};
use uuid::Uuid;

use super::{
    store::{Ports, at, commit, expect_conflict, expect_missing, rollback},
    training_unit::{entry, name, template},
};
use crate::{
    Constraint, PageRequest, SortOrder,
    query::{TemplateFilter, TemplateScope, TemplateSort},
    repo::{NewTemplate, PlanUnitToStore, TemplateChanges},
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    a_plan_is_stored_as_it_is(ports).await;
    a_name_belongs_to_one_plan_of_an_owner(ports).await;
    only_a_real_change_moves_the_time(ports).await;
    a_schedule_is_written_as_a_whole(ports).await;
    a_unit_in_a_plan_stays(ports).await;
    who_reads_a_plan_reads_its_units(ports).await;
    plans_go_before_their_units(ports).await;
    summaries_count(ports).await;
}

pub(super) fn on(day: i16, place: i16, unit_id: TrainingUnitId) -> PlanUnitToStore {
    PlanUnitToStore { id: None, day, place, unit_id }
}

impl Ports<'_> {
    pub(super) async fn plan(&self, new: &NewTemplate, schedule: &[PlanUnitToStore]) -> TrainingPlanId {
        let id = TrainingPlanId::new(Uuid::now_v7());
        let mut work = self.begin().await;
        let level = DifficultyLevel::Beginner;
        work.training_plans().insert(id, new, level, schedule, at(0)).await.expect("the plan is stored");
        commit(work).await;
        id
    }

    async fn read_plan(&self, reader: UserId, id: TrainingPlanId) -> TrainingPlan {
        let found = self.training_plans.plan(reader, id).await.expect("the plan can be read");
        found.expect("there is a plan for this reader")
    }
}

/// A plan is read with every field, its units by day and place with their names of now and how much is in them.
pub async fn a_plan_is_stored_as_it_is(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let legs = ports.unit(&template(owner, "Legs", SharingStatus::Private), &[entry("a", Mode::Reps)]).await;
    let arms = ports.unit(&template(owner, "Arms", SharingStatus::Private), &[]).await;
    let new = template(owner, "Plan", SharingStatus::Shared);
    let id = ports.plan(&new, &[on(9, 0, arms), on(1, 1, legs), on(1, 0, arms)]).await;
    let plan = ports.read_plan(owner, id).await;
    assert_eq!((plan.id, plan.difficulty_level), (id, DifficultyLevel::Beginner));
    assert_eq!(
        (&plan.head.name, &plan.head.description, plan.head.my_access),
        (&new.name, &new.description, MyAccess::Owner)
    );
    let seen =
        plan.units.iter().map(|unit| (unit.day, unit.place, unit.unit_id, unit.unit_name.as_str(), unit.entry_count));
    assert_eq!(seen.collect::<Vec<_>>(), [(1, 0, arms, "Arms", 0), (1, 1, legs, "Legs", 1), (9, 0, arms, "Arms", 0)]);
    let mut work = ports.begin().await;
    let locked = work.training_plans().lock(owner, id).await;
    let kept = work.training_plans().keep(owner, id).await;
    let read = work.training_plans().read(owner, id).await;
    for found in [locked, kept, read] {
        assert_eq!(found.expect("the plan can be read").as_ref(), Some(&plan));
    }
    rollback(work).await;
}

/// Ignoring case; plans of others may have the same name.
pub async fn a_name_belongs_to_one_plan_of_an_owner(ports: &Ports<'_>) {
    let [one, other] = [ports.account().await, ports.account().await];
    ports.plan(&template(one, "Spring", SharingStatus::Private), &[]).await;
    ports.plan(&template(other, "SPRING", SharingStatus::Private), &[]).await;
    let mut work = ports.begin().await;
    let again = template(one, "spring", SharingStatus::Public);
    let id = TrainingPlanId::new(Uuid::now_v7());
    let again = work.training_plans().insert(id, &again, DifficultyLevel::Expert, &[], at(0)).await;
    expect_conflict(again, Constraint::TrainingPlanName, "another plan of the name");
    rollback(work).await;
    let mut work = ports.begin().await;
    let found = work.training_plans().names_beginning(one, &["SPR"]).await.expect("names can be read");
    assert_eq!(found, [name("Spring")]);
    rollback(work).await;
}

/// `updated_at` moves with a change of a value, and stays otherwise.
pub async fn only_a_real_change_moves_the_time(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let id = ports.plan(&template(owner, "Autumn", SharingStatus::Private), &[]).await;
    let none = TemplateChanges::default();
    for (second, level, expected) in
        [(1, None, 0), (2, Some(DifficultyLevel::Beginner), 0), (3, Some(DifficultyLevel::Expert), 3), (4, None, 3)]
    {
        let mut work = ports.begin().await;
        work.training_plans().update(id, &none, level, at(second)).await.expect("the plan is changed");
        commit(work).await;
        assert_eq!(ports.read_plan(owner, id).await.head.updated_at, at(expected), "{level:?}");
    }
}

/// Units that are kept keep their ids, wherever they go; what is not in the schedule goes.
pub async fn a_schedule_is_written_as_a_whole(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let unit = ports.unit(&template(owner, "Any", SharingStatus::Private), &[]).await;
    let id = ports
        .plan(&template(owner, "Moved", SharingStatus::Private), &[on(1, 0, unit), on(1, 1, unit), on(2, 0, unit)])
        .await;
    let before = ports.read_plan(owner, id).await.units;
    let moved = [
        PlanUnitToStore { id: Some(before[1].id), ..on(1, 0, unit) },
        PlanUnitToStore { id: Some(before[0].id), ..on(1, 1, unit) },
        on(7, 0, unit),
    ];
    let mut work = ports.begin().await;
    work.training_plans().write_schedule(id, &moved, at(7)).await.expect("the schedule is written");
    commit(work).await;
    let after = ports.read_plan(owner, id).await;
    assert_eq!(after.head.updated_at, at(7));
    let seen: Vec<_> = after.units.iter().map(|unit| (unit.day, unit.place)).collect();
    assert_eq!(seen, [(1, 0), (1, 1), (7, 0)]);
    assert_eq!((after.units[0].id, after.units[1].id), (before[1].id, before[0].id), "two have exchanged their places");
    let mut work = ports.begin().await;
    let nothing = [on(1, 0, TrainingUnitId::new(Uuid::now_v7()))];
    let written = work.training_plans().write_schedule(id, &nothing, at(8)).await;
    expect_missing(written, Constraint::ScheduledUnit, "a unit that is not there");
    rollback(work).await;
}

/// A unit cannot be deleted while a plan contains it, and tells which do.
pub async fn a_unit_in_a_plan_stays(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let unit = ports.unit(&template(owner, "Kept", SharingStatus::Private), &[]).await;
    let plan = ports.plan(&template(owner, "b keeps", SharingStatus::Private), &[on(1, 0, unit), on(2, 0, unit)]).await;
    ports.plan(&template(owner, "A keeps", SharingStatus::Private), &[on(1, 0, unit)]).await;
    let mut work = ports.begin().await;
    let plans = work.training_units().plans_with(unit, 10).await.expect("plans can be asked for");
    assert_eq!(plans, ["A keeps", "b keeps"], "each once");
    assert_eq!(work.training_units().plans_with(unit, 1).await.expect("plans can be asked for"), ["A keeps"]);
    expect_missing(work.training_units().delete(unit).await, Constraint::ScheduledUnit, "a unit in a plan");
    rollback(work).await;
    let mut work = ports.begin().await;
    work.training_plans().delete(plan).await.expect("a plan can go");
    commit(work).await;
    assert!(ports.training_units.unit(owner, unit).await.expect("the unit can be read").is_some());
    assert!(ports.training_plans.plan(owner, plan).await.expect("the plan can be asked for").is_none());
}

/// Whoever may read a plan may read the units in it, and no more than that.
pub async fn who_reads_a_plan_reads_its_units(ports: &Ports<'_>) {
    let [owner, stranger] = [ports.account().await, ports.account().await];
    for (status, expected) in [(SharingStatus::Private, None), (SharingStatus::Public, Some(MyAccess::Read))] {
        let text = format!("seen through {}", status.as_str());
        let unit = ports.unit(&template(owner, &text, SharingStatus::Private), &[]).await;
        ports.plan(&template(owner, &text, status), &[on(1, 0, unit)]).await;
        let found = ports.training_units.unit(stranger, unit).await.expect("the unit can be asked for");
        assert_eq!(found.map(|unit| unit.head.my_access), expected, "{status:?}");
        let mut work = ports.begin().await;
        let kept = work.training_units().keep_readable(stranger, &[unit]).await.expect("units can be asked for");
        assert_eq!(kept.is_empty(), expected.is_none(), "{status:?}");
        rollback(work).await;
    }
}

/// With an account go its private plans; a unit stays if a plan does that contains it.
pub async fn plans_go_before_their_units(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let [kept, gone] = [
        ports.unit(&template(owner, "kept", SharingStatus::Private), &[]).await,
        ports.unit(&template(owner, "gone", SharingStatus::Private), &[]).await,
    ];
    let private = ports.plan(&template(owner, "private", SharingStatus::Private), &[on(1, 0, gone)]).await;
    let public = ports.plan(&template(owner, "public", SharingStatus::Public), &[on(1, 0, kept)]).await;
    let mut work = ports.begin().await;
    work.training_plans().remove_of(owner).await.expect("plans are removed");
    work.training_units().remove_of(owner).await.expect("units are removed");
    commit(work).await;
    for (id, stays) in [(private, false), (public, true)] {
        assert_eq!(ports.training_plans.plan(owner, id).await.expect("the plan can be asked for").is_some(), stays);
    }
    for (id, stays) in [(gone, false), (kept, true)] {
        assert_eq!(ports.training_units.unit(owner, id).await.expect("the unit can be asked for").is_some(), stays);
    }
}

/// A list says how many units, days with units and days in all a plan has; and filters by level.
pub async fn summaries_count(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let unit = ports.unit(&template(owner, "counted", SharingStatus::Private), &[]).await;
    ports.plan(&template(owner, "empty", SharingStatus::Private), &[]).await;
    let schedule = [on(2, 0, unit), on(2, 1, unit), on(5, 0, unit)];
    ports.plan(&template(owner, "full", SharingStatus::Private), &schedule).await;
    for (level, expected) in [
        (Some(DifficultyLevel::Beginner), &[("empty", 0, 0, 0), ("full", 3, 2, 5)][..]),
        (None, &[("empty", 0, 0, 0), ("full", 3, 2, 5)]),
        (Some(DifficultyLevel::Expert), &[]),
    ] {
        let filter = TemplateFilter {
            reader: owner,
            scope: TemplateScope::Own,
            search: None,
            exercise: None,
            difficulty_level: level,
            sort: TemplateSort::CreatedAt,
            order: SortOrder::Ascending,
            page: PageRequest::numbered(1, 20),
        };
        let page = ports.training_plans.plans(&filter).await.expect("plans can be listed");
        let mut seen: Vec<_> = page
            .items
            .iter()
            .map(|plan| (plan.head.name.as_str(), plan.unit_count, plan.day_count, plan.length_days))
            .collect();
        seen.sort_unstable();
        assert_eq!(
            (seen.as_slice(), page.total),
            (expected, i64::try_from(expected.len()).expect("a number")),
            "{level:?}"
        );
    }
}
