//! Training plans, as the contract has them in its section 4.

mod copying;
mod creating;
mod foreign_units;
mod listing;
mod ownerless;
mod races;
mod schedule;
mod units_through_plans;
mod updating;

use irontrack_tests::harness::Session;
use serde_json::Value;
use uuid::Uuid;

use crate::gym::{Gym, array, plan};

/// The schedule of a plan, as `day.place unit`, having checked that every day is gapless and all is in order.
fn schedule(plan: &Value) -> Vec<String> {
    let units = array(&plan["units"]);
    let place = |unit: &Value| (unit["dayNumber"].as_i64(), unit["orderIndex"].as_i64());
    assert!(units.windows(2).all(|two| place(&two[0]) < place(&two[1])), "sorted by day and place: {units:?}");
    let mut expected = (None, Some(0));
    for unit in &units {
        let (day, index) = place(unit);
        let next = if expected.0 == day { expected.1 } else { Some(0) };
        assert_eq!(index, next, "no gap in {units:?}");
        expected = (day, index.map(|index| index + 1));
    }
    let shown =
        |unit: &Value| format!("{}.{} {}", unit["dayNumber"], unit["orderIndex"], crate::gym::text(&unit["unitName"]));
    units.iter().map(shown).collect()
}

/// Units of these names.
fn units<const N: usize>(gym: &mut Gym, owner: &Session, names: [&str; N]) -> [Uuid; N] {
    names.map(|name| {
        let id = gym.mint.training_unit(owner.user_id, "private");
        gym.mint.execute("UPDATE training_units SET name = $1 WHERE id = $2", &[&name, &id]);
        id
    })
}

/// A plan of somebody with these units on these days, and its path.
fn planned(gym: &mut Gym, owner: &Session, status: &str, on: &[(Uuid, i16)]) -> (Uuid, String) {
    let id = gym.mint.training_plan(owner.user_id, status);
    for (unit, day) in on {
        gym.mint.plan_unit(id, *unit, *day);
    }
    (id, plan(id))
}
