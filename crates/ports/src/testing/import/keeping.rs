//! Imports from when they are read to when they go.

use irontrack_domain::{
    ExerciseId, ImportId, UserId,
    exercise::{Category, DifficultyLevel, ExerciseName, Force, Instructions, Mechanic},
    training::Mode,
};
use uuid::Uuid;

use super::scene::{done, import, session, unknown};
use crate::{
    Constraint,
    repo::{
        ExerciseDefinition, FoundExercise, Import, ImportCounts, ImportOutcome, ImportPart, Likeness, NameDecision,
        RefusedRow,
    },
    testing::store::{Ports, at, commit, expect_missing, rollback},
};

/// With everything that an import can have.
pub async fn an_import_is_read_as_it_was_stored(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let id = || ExerciseId::new(Uuid::now_v7());
    let definition = ExerciseDefinition {
        name: ExerciseName::parse("Rope Curl \u{1f3cb}").expect("a name"),
        force: Some(Force::Pull),
        difficulty_level: DifficultyLevel::Expert,
        mechanic: Some(Mechanic::Isolation),
        category: Category::OlympicWeightlifting,
        instructions: Instructions::parse("Pull.").ok(),
        primary_muscles: vec![1, 2],
        secondary_muscles: vec![],
        equipment: vec![7],
    };
    let found = |likeness| Some(FoundExercise { id: id(), name: "Squat".into(), likeness });
    let bare = ExerciseDefinition { force: None, mechanic: None, instructions: None, ..definition.clone() };
    let mut stored = import(owner, 0);
    stored.counts = ImportCounts {
        sessions: 1,
        duplicates: 2,
        exercises: 3,
        sets: 4,
        custom_exercises: 5,
        units: 6,
        plans: 7,
        refused: 8,
    };
    stored.refused = vec![
        RefusedRow {
            line: Some(17),
            path: None,
            column: Some("Reps \"\\".into()),
            code: "no_number".into(),
            reason: "is none".into(),
        },
        RefusedRow {
            line: None,
            path: Some("/trainingUnits/3".into()),
            column: None,
            code: "x".into(),
            reason: "y".into(),
        },
    ];
    stored.exercises = [
        (Likeness::Remembered, None, None),
        (Likeness::Exact, Some(definition), Some(NameDecision::Exercise(id()))),
        (Likeness::Alias, Some(bare), Some(NameDecision::Create { primary_muscles: vec![3, 5] })),
        (Likeness::Fuzzy { score: 83 }, None, Some(NameDecision::Skip)),
    ]
    .into_iter()
    .zip(0..)
    .map(|((likeness, definition, decision), number)| {
        let (source, found) = ((number == 2).then(id), found(likeness));
        crate::repo::ImportedName { source, definition, found, decision, ..unknown(number) }
    })
    .chain([unknown(4)])
    .collect();
    ports.stage(&stored, &[]).await;
    assert_eq!(ports.read_import(owner, stored.id, at(1)).await, Some(stored.clone()));

    let mut work = ports.begin().await;
    assert_eq!(work.imports().lock(owner, stored.id, at(1)).await.expect("a lock"), Some(stored.clone()));
    let said = [(4, NameDecision::Create { primary_muscles: vec![] }), (0, NameDecision::Skip)];
    work.imports().decide(stored.id, &said).await.expect("it is decided");
    let outcome =
        ImportOutcome { sessions: 0, duplicates: 2, exercises: 3, sets: 4, custom_exercises: 5, units: 6, plans: 7 };
    work.imports().finish(stored.id, owner, &outcome, at(9)).await.expect("it is finished");
    commit(work).await;
    for (number, decision) in said {
        stored.exercises[number as usize].decision = Some(decision);
    }
    (stored.outcome, stored.confirmed_at) = (Some(outcome), Some(at(9)));
    assert_eq!(ports.read_import(owner, stored.id, at(9)).await, Some(stored));
    assert_eq!(ports.backdoor.history_version(owner), 0, "no session was written");
}

/// Nobody else has it, and nobody has it in the end. One of nobody cannot be stored.
pub async fn an_import_is_its_owners_and_has_an_end(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let stored = import(owner, 0);
    ports.stage(&stored, &[]).await;
    for (reader, second, is_there) in [(owner, 0, true), (owner, 99, true), (owner, 100, false), (other, 0, false)] {
        assert_eq!(ports.read_import(reader, stored.id, at(second)).await.is_some(), is_there, "at {second}");
        let mut work = ports.begin().await;
        let locked = work.imports().lock(reader, stored.id, at(second)).await.expect("the store answers");
        rollback(work).await;
        assert_eq!(locked.is_some(), is_there, "locked at {second}");
    }
    let mut work = ports.begin().await;
    let nobodys = import(UserId::new(Uuid::new_v4()), 0);
    expect_missing(work.imports().insert(&nobodys).await, Constraint::ImportOwner, "an import of nobody");
    rollback(work).await;
    let mut work = ports.begin().await;
    work.imports().delete(stored.id).await.expect("it is removed");
    commit(work).await;
    assert_eq!(ports.read_import(owner, stored.id, at(0)).await, None);
}

/// Some at a time, and none that is not over, or that somebody is busy with.
pub async fn what_is_over_is_swept(ports: &Ports<'_>) {
    let owner = ports.account().await;
    // Before all that other parts of the suite have stored.
    let imports: Vec<Import> = (-500..-496).map(|second| import(owner, second)).collect();
    for stored in &imports {
        ports.stage(stored, &[ImportPart::Sessions(vec![session(0, vec![])])]).await;
    }
    let mut busy = ports.begin().await;
    busy.imports().lock(owner, imports[1].id, at(-450)).await.expect("a lock").expect("an import");
    for (limit, swept, left) in [(1, 1, vec![1, 2, 3]), (9, 1, vec![1, 3])] {
        let mut work = ports.begin().await;
        assert_eq!(work.imports().sweep(at(-398), limit).await.expect("imports are swept"), swept);
        commit(work).await;
        assert_eq!(still_there(ports, owner, &imports).await, left);
    }
    rollback(busy).await;
}

async fn still_there(ports: &Ports<'_>, owner: UserId, imports: &[Import]) -> Vec<usize> {
    let mut left = Vec::new();
    for (place, stored) in imports.iter().enumerate() {
        if ports.read_import(owner, stored.id, stored.created_at).await.is_some() {
            left.push(place);
        }
    }
    left
}

/// Those that were confirmed, and those of others, do not count.
pub async fn only_the_latest_previews_stay(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let imports: Vec<Import> = (0..5).map(|second| import(owner, second)).collect();
    let theirs = import(other, 0);
    for stored in imports.iter().chain([&theirs]) {
        ports.stage(stored, &[]).await;
    }
    let mut work = ports.begin().await;
    work.imports().finish(imports[1].id, owner, &ImportOutcome::default(), at(5)).await.expect("it is finished");
    work.imports().trim(owner, 2).await.expect("surplus previews go");
    commit(work).await;
    assert_eq!(still_there(ports, owner, &imports).await, [1, 3, 4]);
    assert!(ports.read_import(other, theirs.id, at(0)).await.is_some());
    let removed = async || {
        let mut work = ports.begin().await;
        let removed = work.imports().remove_one_of(owner).await.expect("one is removed");
        commit(work).await;
        removed
    };
    assert!(removed().await);
    assert_eq!(still_there(ports, owner, &imports).await, [3, 4]);
    assert!(removed().await && removed().await && !removed().await);
}

/// The last word counts, for this account only, and only as long as the exercise is there. Names that are too long are not
/// remembered.
pub async fn meanings_are_remembered(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let [one, two] = [ports.exercise(owner), ports.exercise(owner)];
    let remember = async |meanings: &[(&str, ExerciseId)]| {
        let meanings: Vec<_> = meanings.iter().map(|(name, id)| ((*name).to_owned(), *id)).collect();
        let mut work = ports.begin().await;
        work.imports().remember(owner, &meanings).await.expect("it is remembered");
        commit(work).await;
    };
    let read = async |owner| {
        let mut meanings = ports.imports.meanings(owner).await.expect("meanings can be read");
        meanings.sort();
        meanings
    };
    remember(&[]).await;
    remember(&[("squat", one), ("curl", one), (&"x".repeat(3_000), one)]).await;
    remember(&[("squat", two), ("squat", two)]).await;
    assert_eq!(read(owner).await, [("curl".to_owned(), one), ("squat".to_owned(), two)]);
    assert_eq!(read(other).await, []);
    ports.backdoor.delete_exercise(two);
    assert_eq!(read(owner).await, [("curl".to_owned(), one)]);
}

/// With parts, names and meanings.
pub async fn nothing_stays_of_an_account_that_goes(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let exercise = ports.exercise(other);
    let mut stored = import(owner, 0);
    stored.exercises = vec![unknown(0)];
    let part = ImportPart::Sessions(vec![session(0, vec![done(Some(0), None, Mode::Reps, vec![])])]);
    ports.stage(&stored, &[part]).await;
    let mut work = ports.begin().await;
    work.imports().remember(owner, &[("squat".to_owned(), exercise)]).await.expect("it is remembered");
    commit(work).await;
    assert!(ports.backdoor.delete_account(owner), "nothing keeps the account");
    assert_eq!(ports.read_import(owner, stored.id, at(0)).await, None);
    assert_eq!(ports.imports.meanings(owner).await.expect("meanings can be read"), []);
    let mut work = ports.begin().await;
    assert_eq!(work.imports().parts(stored.id).await.expect("parts can be read"), []);
    assert_eq!(work.imports().lock(owner, ImportId::new(Uuid::nil()), at(0)).await.expect("a lock"), None);
    rollback(work).await;
}
