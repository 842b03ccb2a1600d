//! Finding one exercise.

use irontrack_domain::{ExerciseId, UserId, exercise::Exercise};
use uuid::Uuid;

use super::{by_slug, stored, system, world::World};
use crate::testing::Ports;

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    let world = World::create(ports).await;
    everything_is_found_by_id(ports, &world).await;
    system_exercises_are_found_by_slug(ports, &world).await;
    own_exercises_are_found_by_name(ports, &world).await;
    hidden_exercises_are_not_found(ports, &world).await;
    links_are_ascending(ports, &world).await;
}

async fn by_id(ports: &Ports<'_>, id: ExerciseId) -> Option<Exercise> {
    ports.exercises.by_id(id).await.expect("an exercise can be read")
}

async fn by_name(ports: &Ports<'_>, owner: UserId, name: &str) -> Option<Exercise> {
    ports.exercises.by_name(owner, name).await.expect("an exercise can be read")
}

/// Whoever owns it.
async fn everything_is_found_by_id(ports: &Ports<'_>, world: &World) {
    for exercise in &world.exercises {
        assert_eq!(by_id(ports, exercise.id).await.as_ref(), Some(exercise));
    }
    assert_eq!(by_id(ports, ExerciseId::new(Uuid::new_v4())).await, None, "an id that nothing has");
}

/// By exactly that slug; names are no slugs, and custom exercises have none.
async fn system_exercises_are_found_by_slug(ports: &Ports<'_>, world: &World) {
    for exercise in world.exercises.iter().filter(|exercise| exercise.is_system_default) {
        let slug = exercise.slug.as_ref().expect("a system exercise has a slug");
        assert_eq!(by_slug(ports, slug.as_str()).await.as_ref(), Some(exercise), "{slug}");
    }
    for absent in ["Press", "PRESS-UP", "press_up", "pres%", "bench press", "their-own", "compressor-two", ""] {
        assert_eq!(by_slug(ports, absent).await, None, "{absent:?} is no slug");
    }
}

/// In any case, but in full; neither others' nor the catalogue's.
async fn own_exercises_are_found_by_name(ports: &Ports<'_>, world: &World) {
    for exercise in &world.exercises {
        let Some(owner) = exercise.created_by else { continue };
        for name in [exercise.name.clone(), exercise.name.to_uppercase(), exercise.name.to_lowercase()] {
            assert_eq!(by_name(ports, owner, &name).await.as_ref(), Some(exercise), "{name:?} of {owner}");
        }
    }
    for (owner, absent) in [
        (world.caller, "Press"),
        (world.caller, "Their Own"),
        (world.caller, "Leg-Press"),
        (world.caller, "Compressor_Two"),
        (world.caller, "Compress%"),
        (world.other, "\u{dc}bung"),
        (UserId::new(Uuid::new_v4()), "Compressor"),
    ] {
        assert_eq!(by_name(ports, owner, absent).await, None, "{absent:?} is no exercise of {owner}");
    }
}

/// In none of the ways.
async fn hidden_exercises_are_not_found(ports: &Ports<'_>, world: &World) {
    assert_eq!(by_slug(ports, "hidden-press").await, None, "a hidden exercise of the catalogue");
    let press_up = stored(ports, &system("press-up")).await;
    ports.backdoor.hide_exercise(press_up.id);
    assert_eq!(by_slug(ports, "press-up").await, None, "an exercise that was just hidden");
    assert_eq!(by_id(ports, press_up.id).await, None, "an exercise that was just hidden");
    let own = by_name(ports, world.caller, "bench press").await.expect("the exercise is there");
    ports.backdoor.hide_exercise(own.id);
    assert_eq!(by_name(ports, world.caller, "bench press").await, None, "an own exercise that was just hidden");
    assert_eq!(by_id(ports, own.id).await, None, "an own exercise that was just hidden");
}

/// By id, and none twice.
async fn links_are_ascending(ports: &Ports<'_>, world: &World) {
    let mut several = 0;
    for exercise in &world.exercises {
        let Some(found) = by_id(ports, exercise.id).await else { continue };
        for links in [&found.primary_muscles, &found.secondary_muscles, &found.equipment, &found.tags] {
            assert!(links.is_sorted_by(|a, b| a.id < b.id), "{}: {links:?}", found.name);
            several += usize::from(links.len() > 1);
        }
    }
    assert!(several > 5, "there are exercises with several links");
}
