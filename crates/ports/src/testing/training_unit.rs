//! The contract of [`TrainingUnitRepository`](crate::repo::TrainingUnitRepository) and
//! [`TrainingUnitQueries`](crate::query::TrainingUnitQueries).

use irontrack_domain::{
    TrainingUnitId, UserId,
    account::Role,
    training::{
        AccessLevel, Distance, LongText, Mode, MyAccess, Prescription, SharingStatus, Targets, Template, TemplateName,
        TrainingUnit, Weight,
    },
};
use uuid::Uuid;

use super::store::{Ports, at, commit, expect_conflict, rollback};
use crate::{
    Constraint, PageRequest, SortOrder,
    query::{TemplateFilter, TemplateScope, TemplateSort},
    repo::{EntryToStore, NewTemplate, TemplateChanges, UnitCopy},
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    a_unit_is_stored_as_it_is(ports).await;
    a_name_belongs_to_one_unit_of_an_owner(ports).await;
    only_a_real_change_moves_the_time(ports).await;
    a_list_is_written_as_a_whole(ports).await;
    who_may_not_read_finds_nothing(ports).await;
    what_is_there_is_locked_whoever_may_read_it(ports).await;
    copies_have_everything_but_readers(ports).await;
    what_nobody_else_has_goes_with_its_owner(ports).await;
    pages_hold_their_scope(ports).await;
}

pub(super) fn name(text: &str) -> TemplateName {
    TemplateName::parse(text).expect("a name")
}

pub(super) fn template(owner: UserId, text: &str, sharing_status: SharingStatus) -> NewTemplate {
    NewTemplate { owner, name: name(text), description: LongText::parse("For Mondays.").ok(), sharing_status }
}

/// A new entry without an exercise, of that name.
pub(super) fn entry(exercise_name: &str, mode: Mode) -> EntryToStore {
    let targets = Targets {
        reps_min: (mode == Mode::Reps).then_some(5),
        reps_max: (mode == Mode::Reps).then_some(8),
        time_seconds: (mode == Mode::Time).then_some(86_400),
        distance: (mode == Mode::Distance).then(|| Distance::from_metres(99_999_999)).flatten(),
        weight: Weight::from_grams(82_501),
    };
    EntryToStore {
        id: None,
        exercise_id: None,
        exercise_name: exercise_name.to_owned(),
        mode,
        prescription: Prescription { sets: 3, targets, rest_seconds: Some(90) },
        notes: LongText::parse("Slowly.").ok(),
    }
}

impl Ports<'_> {
    pub(super) async fn unit(&self, new: &NewTemplate, entries: &[EntryToStore]) -> TrainingUnitId {
        let id = TrainingUnitId::new(Uuid::now_v7());
        let mut work = self.begin().await;
        work.training_units().insert(id, new, entries, at(0)).await.expect("the unit is stored");
        commit(work).await;
        id
    }

    async fn read_unit(&self, reader: UserId, id: TrainingUnitId) -> TrainingUnit {
        let found = self.training_units.unit(reader, id).await.expect("the unit can be read");
        found.expect("there is a unit for this reader")
    }
}

/// What a list of stored entries says, as it would be stored again.
fn again(unit: &TrainingUnit) -> Vec<EntryToStore> {
    let again = |entry: &irontrack_domain::training::UnitEntry| EntryToStore {
        id: Some(entry.id),
        exercise_id: entry.exercise_id,
        exercise_name: entry.exercise_name.clone(),
        mode: entry.mode,
        prescription: entry.prescription,
        notes: entry.notes.clone(),
    };
    unit.entries.iter().map(again).collect()
}

/// A unit is read with every field, entries in their order, by the query and inside a unit of work alike.
pub async fn a_unit_is_stored_as_it_is(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let new = template(owner, "Push day", SharingStatus::Shared);
    let modes = [Mode::Reps, Mode::Time, Mode::Distance, Mode::SetsOnly];
    let entries: Vec<_> = modes.iter().map(|&mode| entry(mode.as_str(), mode)).collect();
    let id = ports.unit(&new, &entries).await;
    let unit = ports.read_unit(owner, id).await;
    assert_eq!((unit.id, &unit.head.name, &unit.head.description), (id, &new.name, &new.description));
    assert_eq!((unit.head.sharing_status, unit.head.created_by), (SharingStatus::Shared, Some(owner)));
    assert_eq!((unit.head.my_access, unit.head.created_at, unit.head.updated_at), (MyAccess::Owner, at(0), at(0)));
    let stored: Vec<_> = again(&unit).into_iter().map(|entry| EntryToStore { id: None, ..entry }).collect();
    assert_eq!(stored, entries, "amounts to the gram and the metre");
    let mut work = ports.begin().await;
    let locked = work.training_units().lock(owner, id).await;
    let kept = work.training_units().keep(owner, id).await;
    let read = work.training_units().read(owner, id).await;
    for found in [locked, kept, read] {
        assert_eq!(found.expect("the unit can be read").as_ref(), Some(&unit));
    }
    rollback(work).await;
}

/// Ignoring case; units of others may have the same name.
pub async fn a_name_belongs_to_one_unit_of_an_owner(ports: &Ports<'_>) {
    let [one, other] = [ports.account().await, ports.account().await];
    ports.unit(&template(one, "Legs", SharingStatus::Private), &[]).await;
    ports.unit(&template(other, "LEGS", SharingStatus::Private), &[]).await;
    let arms = ports.unit(&template(one, "Arms", SharingStatus::Private), &[]).await;
    let mut work = ports.begin().await;
    let again = template(one, "lEGS", SharingStatus::Public);
    let again = work.training_units().insert(TrainingUnitId::new(Uuid::now_v7()), &again, &[], at(0)).await;
    expect_conflict(again, Constraint::TrainingUnitName, "another unit of the name");
    rollback(work).await;
    let mut work = ports.begin().await;
    let changes = TemplateChanges { name: Some(name("LeGs")), ..TemplateChanges::default() };
    let renamed = work.training_units().update(arms, &changes, at(1)).await;
    expect_conflict(renamed, Constraint::TrainingUnitName, "another name that is taken");
    rollback(work).await;
    let mut work = ports.begin().await;
    let found = work.training_units().names_beginning(one, &["LE", "x"]).await.expect("names can be read");
    assert_eq!(found, [name("Legs")], "ignoring case, and of this account only");
    rollback(work).await;
}

/// `updated_at` moves with a change of a value, never back, and stays otherwise.
pub async fn only_a_real_change_moves_the_time(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let id = ports.unit(&template(owner, "Push", SharingStatus::Private), &[]).await;
    let same = TemplateChanges {
        name: Some(name("Push")),
        description: Some(LongText::parse("For Mondays.").ok()),
        sharing_status: Some(SharingStatus::Private),
    };
    let cleared = TemplateChanges { description: Some(None), ..TemplateChanges::default() };
    let shared = TemplateChanges { sharing_status: Some(SharingStatus::Public), ..TemplateChanges::default() };
    let mut before = at(0);
    for (changes, moves) in [(&same, false), (&cleared, true), (&cleared, false), (&shared, true)] {
        let mut work = ports.begin().await;
        // Earlier than the change before, as a clock that was set back would have it.
        work.training_units().update(id, changes, at(-9)).await.expect("the unit is changed");
        commit(work).await;
        let after = ports.read_unit(owner, id).await.head.updated_at;
        assert_eq!(after > before, moves, "{changes:?}: {before} to {after}");
        assert_eq!(after == before, !moves, "{changes:?}: {before} to {after}");
        before = after;
    }
}

/// Entries that are kept keep their ids, wherever they go; what is not in the list goes.
pub async fn a_list_is_written_as_a_whole(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let entries = [entry("a", Mode::Reps), entry("b", Mode::Time), entry("c", Mode::Reps)];
    let id = ports.unit(&template(owner, "List", SharingStatus::Private), &entries).await;
    let mut list = again(&ports.read_unit(owner, id).await);
    list.reverse();
    list.remove(1);
    list.insert(1, entry("new", Mode::Distance));
    let mut work = ports.begin().await;
    work.training_units().write_entries(id, &list, at(7)).await.expect("the list is written");
    let inside = work.training_units().read(owner, id).await.expect("the unit can be read").expect("a unit");
    commit(work).await;
    let after = ports.read_unit(owner, id).await;
    assert_eq!((&after, after.head.updated_at), (&inside, at(7)));
    let names: Vec<_> = after.entries.iter().map(|entry| entry.exercise_name.as_str()).collect();
    assert_eq!(names, ["c", "new", "a"]);
    assert_eq!((Some(after.entries[0].id), Some(after.entries[2].id)), (list[0].id, list[2].id));
}

/// Private is for the owner, shared for those with a grant, public for everybody.
pub async fn who_may_not_read_finds_nothing(ports: &Ports<'_>) {
    let [owner, reader, stranger] = [ports.account().await, ports.account().await, ports.account().await];
    for (status, by_reader, by_stranger) in [
        (SharingStatus::Private, None, None),
        (SharingStatus::Shared, Some(MyAccess::Write), None),
        (SharingStatus::Public, Some(MyAccess::Write), Some(MyAccess::Read)),
    ] {
        let id = ports.unit(&template(owner, status.as_str(), status), &[]).await;
        let mut work = ports.begin().await;
        let level = Some(AccessLevel::Write);
        work.grants().give(Template::Unit(id), reader, level, owner, at(0)).await.expect("access is given");
        commit(work).await;
        for (who, expected) in [(owner, Some(MyAccess::Owner)), (reader, by_reader), (stranger, by_stranger)] {
            let read = ports.training_units.unit(who, id).await.expect("the unit can be asked for");
            assert_eq!(read.map(|unit| unit.head.my_access), expected, "{status:?}");
            let mut work = ports.begin().await;
            let locked = work.training_units().lock(who, id).await.expect("the unit can be asked for");
            assert_eq!(locked.map(|unit| unit.head.my_access), expected, "{status:?}, locked");
            let kept = work.training_units().keep_readable(who, &[id]).await.expect("units can be asked for");
            let kept: Vec<_> = kept.into_iter().map(|(id, owner, _)| (id, owner)).collect();
            let expected: Vec<_> = expected.map(|_| (id, Some(owner))).into_iter().collect();
            assert_eq!(kept, expected, "{status:?}, kept");
            rollback(work).await;
        }
    }
}

/// Ids of others than the reader's are answered too, and those of nothing are not.
pub async fn what_is_there_is_locked_whoever_may_read_it(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let one = ports.unit(&template(owner, "One", SharingStatus::Private), &[]).await;
    let other = ports.unit(&template(owner, "Other", SharingStatus::Public), &[]).await;
    let mut work = ports.begin().await;
    let absent = TrainingUnitId::new(Uuid::now_v7());
    let locked = work.training_units().lock_all(&[other, absent, one]).await.expect("units can be locked");
    assert_eq!(locked, [one, other], "in the order of their ids");
    rollback(work).await;
}

/// A copy has description and entries, is private, and belongs to whom it was made for.
pub async fn copies_have_everything_but_readers(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let entries = [entry("a", Mode::Reps), entry("b", Mode::SetsOnly)];
    let source = ports.unit(&template(owner, "Source", SharingStatus::Public), &entries).await;
    let gone = TrainingUnitId::new(Uuid::now_v7());
    let new_copy = |source, text| UnitCopy { id: TrainingUnitId::new(Uuid::now_v7()), source, name: name(text) };
    let copies = [new_copy(source, "One"), new_copy(gone, "Nothing"), new_copy(source, "Two")];
    let mut work = ports.begin().await;
    let made = work.training_units().copy(&copies, other, at(3)).await.expect("units are copied");
    commit(work).await;
    assert_eq!(made, 2, "what is not there is not copied");
    let (original, copy) = (ports.read_unit(owner, source).await, ports.read_unit(other, copies[2].id).await);
    assert_eq!((copy.head.sharing_status, copy.head.created_by), (SharingStatus::Private, Some(other)));
    assert_eq!((&copy.head.name, &copy.head.description), (&name("Two"), &original.head.description));
    let says = |unit: &TrainingUnit| {
        let entries = again(unit).into_iter().map(|entry| EntryToStore { id: None, ..entry });
        entries.collect::<Vec<_>>()
    };
    assert_eq!(says(&copy), says(&original));
    let mut work = ports.begin().await;
    let taken = work.training_units().copy(&[new_copy(source, "TWO")], other, at(3)).await;
    expect_conflict(taken, Constraint::TrainingUnitName, "a copy with a name that is taken");
    rollback(work).await;
}

/// Private units and shared ones without grants go; the others stay.
pub async fn what_nobody_else_has_goes_with_its_owner(ports: &Ports<'_>) {
    let [owner, reader] = [ports.account().await, ports.account().await];
    let mut units = Vec::new();
    for (text, status, is_granted, stays) in [
        ("a", SharingStatus::Private, true, false),
        ("b", SharingStatus::Shared, false, false),
        ("c", SharingStatus::Shared, true, true),
        ("d", SharingStatus::Public, false, true),
    ] {
        let id = ports.unit(&template(owner, text, status), &[]).await;
        if is_granted {
            let mut work = ports.begin().await;
            work.grants().give(Template::Unit(id), reader, None, owner, at(0)).await.expect("access is given");
            commit(work).await;
        }
        units.push((id, stays));
    }
    let mut work = ports.begin().await;
    work.training_units().remove_of(owner).await.expect("units are removed");
    commit(work).await;
    for (id, stays) in units {
        let found = ports.training_units.unit(owner, id).await.expect("the unit can be asked for");
        assert_eq!(found.is_some(), stays);
    }
}

/// Each scope has what it says, each unit once, and the total counts beyond the page.
pub async fn pages_hold_their_scope(ports: &Ports<'_>) {
    let [reader, other] = [ports.account().await, ports.account().await];
    // A word that no other unit of the suite has.
    let unique = Uuid::new_v4().simple().to_string();
    let named = |owner, text: &str, status| template(owner, &format!("{text} {unique}"), status);
    ports.unit(&named(reader, "own", SharingStatus::Public), &[entry("x", Mode::Reps)]).await;
    ports.unit(&named(other, "hidden", SharingStatus::Private), &[]).await;
    ports.unit(&named(other, "public", SharingStatus::Public), &[]).await;
    for (text, status) in
        [("both", SharingStatus::Public), ("given", SharingStatus::Shared), ("asleep", SharingStatus::Private)]
    {
        let id = ports.unit(&named(other, text, status), &[]).await;
        let mut work = ports.begin().await;
        work.grants().give(Template::Unit(id), reader, None, other, at(0)).await.expect("access is given");
        commit(work).await;
    }
    for (scope, expected) in [
        (TemplateScope::Own, &["own"][..]),
        (TemplateScope::Shared, &["both", "given"]),
        (TemplateScope::Public, &["both", "public"]),
        (TemplateScope::All, &["both", "given", "own", "public"]),
    ] {
        for (order, page) in [(SortOrder::Ascending, 1), (SortOrder::Descending, 1), (SortOrder::Ascending, 2)] {
            let filter = TemplateFilter {
                reader,
                scope,
                search: irontrack_domain::SearchTerm::parse(&unique.to_uppercase()).expect("a term"),
                exercise: None,
                difficulty_level: None,
                sort: TemplateSort::Name,
                order,
                page: PageRequest::numbered(page, 3),
            };
            let found = ports.training_units.units(&filter).await.expect("units can be listed");
            let mut expected: Vec<_> = expected.iter().map(|text| name(&format!("{text} {unique}"))).collect();
            assert_eq!(found.total, i64::try_from(expected.len()).expect("a number"), "{scope:?}");
            if order == SortOrder::Descending {
                expected.reverse();
            }
            let listed =
                if page == 1 { expected.iter().take(3) } else { expected.get(3..).unwrap_or_default().iter().take(3) };
            let seen: Vec<_> = found.items.iter().map(|unit| &unit.head.name).collect();
            assert_eq!(seen, listed.collect::<Vec<_>>(), "{scope:?}, {order:?}, page {page}");
            let right =
                found.items.iter().all(|unit| unit.entry_count == i64::from(unit.head.created_by == Some(reader)));
            assert!(right, "{:?}", found.items);
        }
    }
}
