//! Bringing the system exercises up to date.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId,
    account::Role,
    catalogue::CatalogueKind,
    exercise::{Category, DifficultyLevel, Exercise, ExerciseName, Force, ImagePath, Mechanic, Slug},
};

use super::{
    aliases, by_slug, create_catalogues, instructions, items, new_id, seed, stored, system, try_seed, world::custom,
};
use crate::{
    Constraint,
    repo::{Pictures, SeedOutcome, SystemExercise},
    testing::{
        Ports, join,
        store::{at, commit, expect_conflict, expect_missing, rollback},
    },
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    create_catalogues(ports).await;
    exercises_are_stored_as_they_are(ports).await;
    what_is_right_already_is_not_touched(ports).await;
    each_difference_is_brought_up_to_date(ports).await;
    what_a_file_does_not_know_stays(ports).await;
    a_comparison_changes_nothing(ports).await;
    a_catalogue_id_must_exist(ports).await;
    names_and_slugs_are_unique(ports).await;
    a_name_that_is_given_up_is_free(ports).await;
    custom_exercises_are_never_touched(ports).await;
    hidden_exercises_are_not_matched(ports).await;
    seeding_at_once_inserts_once(ports).await;
}

const fn outcome(inserted: usize, updated: usize, unchanged: usize) -> SeedOutcome {
    SeedOutcome { inserted, updated, unchanged }
}

/// What is changed of an exercise, and how.
type Change = (&'static str, fn(&mut SystemExercise));

/// An exercise with something in every field.
fn full(name: &str) -> SystemExercise {
    SystemExercise {
        aliases: Some(aliases(&["Zed", "alpha", "Beta"])),
        force: Some(Force::Pull),
        difficulty_level: DifficultyLevel::Intermediate,
        mechanic: Some(Mechanic::Compound),
        category: Category::OlympicWeightlifting,
        instructions: Some(instructions("Stand.\n\nLift \u{2013} slowly; don't 'jerk' \\ 100 %.")),
        pictures: Some(pictures(Some("/full/images/0.jpg"), Some("/full/images/1.jpg"))),
        equipment: vec![3, 1],
        primary_muscles: vec![5, 2, 4],
        secondary_muscles: vec![3, 1],
        tags: Some(vec![2]),
        ..system(name)
    }
}

fn pictures(start: Option<&str>, end: Option<&str>) -> Pictures {
    let [start, end] = [start, end].map(|path| path.map(|path| ImagePath::parse(path).expect("a path")));
    Pictures { start, end }
}

/// What is stored of an exercise whose file knows everything.
fn exercise(of: &SystemExercise, id: ExerciseId, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Exercise {
    let mut aliases: Vec<_> = of.aliases.iter().flatten().map(|alias| alias.as_str().to_owned()).collect();
    aliases.sort_by_key(|alias| alias.to_lowercase());
    let path = |which: fn(&Pictures) -> Option<&ImagePath>| {
        of.pictures.as_ref().and_then(which).map(|path| path.as_str().to_owned())
    };
    Exercise {
        id,
        name: of.name.as_str().to_owned(),
        primary_muscles: items(CatalogueKind::MuscleGroups, &of.primary_muscles),
        secondary_muscles: items(CatalogueKind::MuscleGroups, &of.secondary_muscles),
        force: of.force,
        difficulty_level: of.difficulty_level,
        mechanic: of.mechanic,
        equipment: items(CatalogueKind::Equipment, &of.equipment),
        category: of.category,
        instructions: of.instructions.as_ref().map(|text| text.as_str().to_owned()),
        image_path_start: path(|pictures| pictures.start.as_ref()),
        image_path_end: path(|pictures| pictures.end.as_ref()),
        tags: items(CatalogueKind::ExerciseTags, of.tags.as_deref().unwrap_or_default()),
        slug: Some(of.slug.clone()),
        created_by: None,
        created_at,
        updated_at,
        aliases,
        is_system_default: true,
    }
}

/// Every field, links ascending by id, aliases sorted ignoring case, times to the microsecond.
pub async fn exercises_are_stored_as_they_are(ports: &Ports<'_>) {
    let mut exercises = vec![full("Stored Full"), system("Stored Plain")];
    for (number, &category) in Category::ALL.iter().enumerate() {
        let difficulty_level = DifficultyLevel::ALL[number % 3];
        let (force, mechanic) = (Some(Force::ALL[number % 3]), Some(Mechanic::ALL[number % 2]));
        let plain = system(&format!("Stored {number}"));
        exercises.push(SystemExercise { force, difficulty_level, mechanic, category, ..plain });
    }
    let ids = Mutex::new(Vec::new());
    let recorded_id = || {
        let id = new_id();
        ids.lock().expect("ids are recorded").push(id);
        id
    };
    assert_eq!(seed(ports, &[], at(0)).await, outcome(0, 0, 0), "nothing is seeded");
    let mut unit = ports.begin().await;
    let result = unit.exercises().seed_system(&exercises, &recorded_id, at(1)).await;
    commit(unit).await;
    assert_eq!(result.expect("exercises can be seeded"), outcome(exercises.len(), 0, 0));
    let mut ids = ids.into_inner().expect("ids are recorded");
    assert_eq!(ids.len(), exercises.len(), "one id is made for each inserted exercise");
    for wanted in &exercises {
        let found = stored(ports, wanted).await;
        assert_eq!(found, exercise(wanted, found.id, at(1), at(1)));
        assert!(ids.contains(&found.id), "{} has an id that was made for nobody or somebody else", wanted.slug);
        ids.retain(|&id| id != found.id);
    }
}

/// Whatever the order of links and aliases; and what the file does not have stays.
pub async fn what_is_right_already_is_not_touched(ports: &Ports<'_>) {
    let exercises = [full("Right One"), system("Right Two")];
    seed(ports, &exercises, at(1)).await;
    let mut shuffled = exercises.clone();
    shuffled.reverse();
    for exercise in &mut shuffled {
        exercise.aliases.as_mut().expect("aliases").reverse();
        for links in [
            &mut exercise.equipment,
            &mut exercise.primary_muscles,
            &mut exercise.secondary_muscles,
            exercise.tags.as_mut().expect("tags"),
        ] {
            links.reverse();
        }
    }
    let no_id = || panic!("no id is needed where nothing is inserted");
    let mut unit = ports.begin().await;
    let result = unit.exercises().seed_system(&shuffled, &no_id, at(2)).await;
    commit(unit).await;
    assert_eq!(result.expect("exercises can be seeded"), outcome(0, 0, 2));
    assert_eq!(seed(ports, &exercises[..1], at(3)).await, outcome(0, 0, 1));
    for wanted in &exercises {
        let found = stored(ports, wanted).await;
        assert_eq!(found, exercise(wanted, found.id, at(1), at(1)), "updated without a difference");
    }
}

/// One field after the other: the exercise moves, with its time of change, and its neighbour does not.
pub async fn each_difference_is_brought_up_to_date(ports: &Ports<'_>) {
    let neighbour = full("Neighbour");
    let mut wanted = full("Changing Name");
    seed(ports, &[neighbour.clone(), wanted.clone()], at(1)).await;
    let id = stored(ports, &wanted).await.id;
    let changes: [Change; 18] = [
        ("name", |e| e.name = ExerciseName::parse("changing name").expect("a name")),
        ("punctuation of the name", |e| e.name = ExerciseName::parse("Changing-Name!").expect("a name")),
        ("force", |e| e.force = Some(Force::Static)),
        ("no force", |e| e.force = None),
        ("difficulty level", |e| e.difficulty_level = DifficultyLevel::Expert),
        ("no mechanic", |e| e.mechanic = None),
        ("mechanic", |e| e.mechanic = Some(Mechanic::Isolation)),
        ("category", |e| e.category = Category::Cardio),
        ("instructions", |e| e.instructions = Some(instructions("Do it slowly."))),
        ("no instructions", |e| e.instructions = None),
        ("picture of the start", |e| e.pictures = Some(pictures(Some("/a/b.png"), Some("/full/images/1.jpg")))),
        ("no picture of the start", |e| e.pictures = Some(pictures(None, Some("/full/images/1.jpg")))),
        ("no pictures", |e| e.pictures = Some(pictures(None, None))),
        ("equipment", |e| e.equipment = vec![1, 2]),
        ("primary muscles", |e| e.primary_muscles = vec![1]),
        ("no secondary muscles", |e| e.secondary_muscles = vec![]),
        ("tags", |e| e.tags = Some(vec![2, 3])),
        ("aliases", |e| e.aliases = Some(aliases(&["alpha", "beta", "Gamma"]))),
    ];
    for (second, (what, change)) in (2..).zip(changes) {
        change(&mut wanted);
        let result = seed(ports, &[neighbour.clone(), wanted.clone()], at(second)).await;
        assert_eq!(result, outcome(0, 1, 1), "{what}");
        assert_eq!(stored(ports, &wanted).await, exercise(&wanted, id, at(1), at(second)), "{what}");
        let found = stored(ports, &neighbour).await;
        assert_eq!(found, exercise(&neighbour, found.id, at(1), at(1)), "{what}: the neighbour was touched");
    }
}

/// Aliases, pictures and tags, also where something else changes.
pub async fn what_a_file_does_not_know_stays(ports: &Ports<'_>) {
    let known = full("Known");
    seed(ports, std::slice::from_ref(&known), at(1)).await;
    let unknown = SystemExercise { aliases: None, pictures: None, tags: None, ..known.clone() };
    assert_eq!(seed(ports, std::slice::from_ref(&unknown), at(2)).await, outcome(0, 0, 1));
    let changed = SystemExercise { equipment: vec![4], ..unknown.clone() };
    assert_eq!(seed(ports, &[changed], at(3)).await, outcome(0, 1, 0));
    let found = stored(ports, &known).await;
    let expected = SystemExercise { equipment: vec![4], ..known };
    assert_eq!(found, exercise(&expected, found.id, at(1), at(3)));
    let new = SystemExercise { slug: Slug::from_stored("known-new".into()), ..unknown };
    let new = SystemExercise { name: ExerciseName::parse("Known New").expect("a name"), ..new };
    assert_eq!(seed(ports, std::slice::from_ref(&new), at(4)).await, outcome(1, 0, 0));
    let found = stored(ports, &new).await;
    assert_eq!(found, exercise(&new, found.id, at(4), at(4)), "nothing was there to stay");
}

/// It answers what seeding would do, even with ids that do not exist.
pub async fn a_comparison_changes_nothing(ports: &Ports<'_>) {
    let (same, differing) = (full("Compared Same"), full("Compared Differing"));
    seed(ports, &[same.clone(), differing.clone()], at(1)).await;
    let before = stored(ports, &differing).await;
    let wanted = [
        same.clone(),
        SystemExercise { equipment: vec![-7], ..differing.clone() },
        SystemExercise { tags: Some(vec![999]), ..full("Compared New") },
    ];
    let mut unit = ports.begin().await;
    assert_eq!(unit.exercises().compare_system(&wanted).await.expect("a comparison"), outcome(1, 1, 1));
    commit(unit).await;
    assert_eq!(stored(ports, &differing).await, before, "a comparison has changed something");
    assert_eq!(by_slug(ports, "compared-new").await, None, "a comparison has inserted something");
    let mut unit = ports.begin().await;
    let twice = unit.exercises().compare_system(&[same.clone(), same]).await;
    expect_conflict(twice, Constraint::SystemExerciseSlug, "two of one slug");
    rollback(unit).await;
}

/// In each list of links, of new exercises and of old ones.
pub async fn a_catalogue_id_must_exist(ports: &Ports<'_>) {
    let old = full("Linked Old");
    seed(ports, std::slice::from_ref(&old), at(1)).await;
    let before = stored(ports, &old).await;
    let changes: [Change; 4] = [
        ("equipment", |e| e.equipment = vec![1, 999]),
        ("primary muscles", |e| e.primary_muscles = vec![999]),
        ("secondary muscles", |e| e.secondary_muscles = vec![0]),
        ("tags", |e| e.tags = Some(vec![-1])),
    ];
    for (what, change) in changes {
        for name in ["Linked New", "Linked Old"] {
            let mut broken = full(name);
            change(&mut broken);
            let result = try_seed(ports, &[system("Linked Bystander"), broken], at(2)).await;
            expect_missing(result, Constraint::ExerciseLink, &format!("{what} of {name}"));
        }
    }
    assert_eq!(stored(ports, &old).await, before, "a refused seed was stored");
    for slug in ["linked-new", "linked-bystander"] {
        assert_eq!(by_slug(ports, slug).await, None, "a refused seed was stored");
    }
}

/// A system exercise cannot have the name of another one in any case, nor stand twice in a file.
pub async fn names_and_slugs_are_unique(ports: &Ports<'_>) {
    let renamed =
        |exercise: SystemExercise, slug: &str| SystemExercise { slug: Slug::from_stored(slug.to_owned()), ..exercise };
    let (one, two) = (system("Unique \u{dc}bung"), system("Unique Other"));
    seed(ports, &[one.clone(), two.clone()], at(1)).await;
    let rule = Constraint::SystemExerciseName;
    let rival = renamed(system("unique \u{fc}BUNG"), "unique-rival");
    expect_conflict(try_seed(ports, &[rival], at(2)).await, rule, "a new exercise with a taken name");
    let rival = renamed(one, two.slug.as_str());
    expect_conflict(try_seed(ports, &[rival], at(2)).await, rule, "an old exercise with a taken name");
    let (twin, other) = (system("Unique Twin"), renamed(system("UNIQUE twin"), "unique-other-twin"));
    expect_conflict(try_seed(ports, &[twin.clone(), other], at(2)).await, rule, "two new ones of one name");
    for slug in ["unique-rival", "unique-twin", "unique-other-twin"] {
        assert_eq!(by_slug(ports, slug).await, None, "a refused seed was stored");
    }
    assert_eq!(stored(ports, &two).await.name, "Unique Other", "a refused seed was stored");

    let other = SystemExercise { slug: twin.slug.clone(), ..system("Unique Something") };
    let result = try_seed(ports, &[twin, other], at(2)).await;
    expect_conflict(result, Constraint::SystemExerciseSlug, "two of one slug");
}

/// A file may give the old name of one exercise to a new one.
pub async fn a_name_that_is_given_up_is_free(ports: &Ports<'_>) {
    let old = system("Given Up");
    seed(ports, std::slice::from_ref(&old), at(1)).await;
    let moved = SystemExercise { name: ExerciseName::parse("Given Another").expect("a name"), ..old };
    let heir = SystemExercise { slug: Slug::from_stored("given-heir".into()), ..system("Given Up") };
    assert_eq!(seed(ports, &[heir.clone(), moved.clone()], at(2)).await, outcome(1, 1, 0));
    assert_eq!(stored(ports, &moved).await.name, "Given Another");
    assert_eq!(stored(ports, &heir).await.name, "Given Up");
}

/// Not even one of the same name.
pub async fn custom_exercises_are_never_touched(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let own = custom(owner, "Own and System", 1);
    ports.backdoor.add_custom_exercise(&own);
    let wanted = full("Own and System");
    assert_eq!(seed(ports, std::slice::from_ref(&wanted), at(2)).await, outcome(1, 0, 0));
    let changed = SystemExercise { tags: Some(vec![1]), ..wanted };
    assert_eq!(seed(ports, &[changed], at(3)).await, outcome(0, 1, 0));
    let found = ports.exercises.by_id(own.id).await.expect("an exercise can be read");
    assert_eq!(found, Some(own), "a custom exercise was touched");
}

/// A hidden exercise stays as it is, and a visible one takes its place.
pub async fn hidden_exercises_are_not_matched(ports: &Ports<'_>) {
    let wanted = full("Hidden");
    seed(ports, std::slice::from_ref(&wanted), at(1)).await;
    let hidden = stored(ports, &wanted).await;
    ports.backdoor.hide_exercise(hidden.id);
    assert_eq!(seed(ports, std::slice::from_ref(&wanted), at(2)).await, outcome(1, 0, 0));
    let found = stored(ports, &wanted).await;
    assert_ne!(found.id, hidden.id, "a hidden exercise was brought back");
    assert_eq!(found, exercise(&wanted, found.id, at(2), at(2)));
    assert_eq!(seed(ports, &[wanted], at(3)).await, outcome(0, 0, 1));
    assert_eq!(ports.exercises.by_id(hidden.id).await.expect("an exercise can be read"), None, "it stays hidden");
}

/// Of programs that start together, none fails, and one inserts.
pub async fn seeding_at_once_inserts_once(ports: &Ports<'_>) {
    let exercises = [full("At Once One"), full("At Once Two")];
    let units = join::all((0..8).map(|_| ports.begin())).await;
    let programs = units.into_iter().map(|mut unit| async {
        let result = unit.exercises().seed_system(&exercises, &new_id, at(1)).await;
        commit(unit).await;
        result.expect("several can seed at once")
    });
    let mut outcomes = join::all(programs).await;
    outcomes.sort_by_key(|outcome| outcome.unchanged);
    let mut expected = vec![outcome(0, 0, 2); 8];
    expected[0] = outcome(2, 0, 0);
    assert_eq!(outcomes, expected);
}
