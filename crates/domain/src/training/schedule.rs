//! The schedule of a plan: ordered lists of units, one a day.

use std::collections::BTreeMap;

use super::Ordered;

/// Different ids on numbered days. Within a day places are 0-based and have no gaps; between days there may be gaps,
/// which are days of rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule<T>(BTreeMap<i16, Ordered<T>>);

impl<T: Copy + Ord> Schedule<T> {
    /// A schedule of (day, id) pairs; within a day in the order given.
    #[must_use]
    pub fn new(placed: impl IntoIterator<Item = (i16, T)>) -> Self {
        let mut schedule = Self(BTreeMap::new());
        for (day, id) in placed {
            schedule.insert(id, day, None);
        }
        schedule
    }

    /// All ids with day and place, by day, then place.
    pub fn placed(&self) -> impl Iterator<Item = (i16, usize, T)> {
        self.0.iter().flat_map(|(&day, list)| list.ids().iter().enumerate().map(move |(place, &id)| (day, place, id)))
    }

    /// Where an id stands: its day and its place.
    #[must_use]
    pub fn place_of(&self, id: T) -> Option<(i16, usize)> {
        self.0.iter().find_map(|(&day, list)| Some((day, list.place_of(id)?)))
    }

    /// Puts an id on a day, at a place of it; without a place or past the end, at the end. An id that stands somewhere
    /// is taken out first.
    pub fn insert(&mut self, id: T, day: i16, place: Option<usize>) {
        self.remove(id);
        self.0.entry(day).or_insert_with(|| Ordered::new(Vec::new())).insert(id, place);
    }

    /// Moves an id to another day, another place, or both. Without a place a new day means its end, and the same day
    /// means that nothing happens. Returns whether the id is there.
    pub fn move_to(&mut self, id: T, day: Option<i16>, place: Option<usize>) -> bool {
        let Some((old_day, old_place)) = self.place_of(id) else { return false };
        let day = day.unwrap_or(old_day);
        let place = if day == old_day { Some(place.unwrap_or(old_place)) } else { place };
        self.insert(id, day, place);
        true
    }

    /// Takes an id out and closes the gap in its day. Returns whether it was there.
    pub fn remove(&mut self, id: T) -> bool {
        let Some((day, _)) = self.place_of(id) else { return false };
        if let Some(list) = self.0.get_mut(&day) {
            list.remove(id);
            if list.ids().is_empty() {
                self.0.remove(&day);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn placed(schedule: &Schedule<u8>) -> Vec<(i16, usize, u8)> {
        schedule.placed().collect()
    }

    #[test]
    fn days_are_lists_of_their_own() {
        let mut schedule = Schedule::new([(3, 1), (1, 2), (3, 3)]);
        assert_eq!(placed(&schedule), [(1, 0, 2), (3, 0, 1), (3, 1, 3)]);
        schedule.insert(4, 3, Some(1));
        assert_eq!(placed(&schedule), [(1, 0, 2), (3, 0, 1), (3, 1, 4), (3, 2, 3)]);
        assert!(schedule.remove(2) && !schedule.remove(2));
        assert_eq!(placed(&schedule), [(3, 0, 1), (3, 1, 4), (3, 2, 3)]);
    }

    #[test]
    fn a_move_closes_one_day_and_opens_the_other() {
        let days = || Schedule::new([(1, 1), (1, 2), (2, 3), (2, 4)]);
        for (day, place, expected) in [
            (None, None, [(1, 0, 1), (1, 1, 2), (2, 0, 3), (2, 1, 4)]),
            (Some(1), None, [(1, 0, 1), (1, 1, 2), (2, 0, 3), (2, 1, 4)]),
            (None, Some(9), [(1, 0, 2), (1, 1, 1), (2, 0, 3), (2, 1, 4)]),
            (Some(2), None, [(1, 0, 2), (2, 0, 3), (2, 1, 4), (2, 2, 1)]),
            (Some(2), Some(0), [(1, 0, 2), (2, 0, 1), (2, 1, 3), (2, 2, 4)]),
            (Some(7), Some(5), [(1, 0, 2), (2, 0, 3), (2, 1, 4), (7, 0, 1)]),
        ] {
            let mut schedule = days();
            assert!(schedule.move_to(1, day, place));
            assert_eq!(placed(&schedule), expected, "to day {day:?}, place {place:?}");
        }
        assert!(!days().move_to(9, Some(1), None));
    }

    proptest! {
        #[test]
        fn places_of_a_day_have_no_gaps_and_no_id_is_lost(
            start in proptest::collection::vec((1_i16..5, 0_u8..20), 0..20),
            moves in proptest::collection::vec((0_u8..20, proptest::option::of(1_i16..5), proptest::option::of(0_usize..9)), 0..40),
        ) {
            let mut schedule = Schedule::new(start);
            for (id, day, place) in moves {
                let mut before: Vec<_> = placed(&schedule).into_iter().map(|(_, _, id)| id).collect();
                let known = schedule.place_of(id).is_some();
                prop_assert_eq!(schedule.move_to(id, day, place), known);
                let now = placed(&schedule);
                let mut ids: Vec<_> = now.iter().map(|&(_, _, id)| id).collect();
                before.sort_unstable();
                ids.sort_unstable();
                prop_assert_eq!(ids, before);
                for pair in now.windows(2) {
                    let next = if pair[0].0 == pair[1].0 { pair[0].1 + 1 } else { 0 };
                    prop_assert!(pair[0].0 <= pair[1].0 && pair[1].1 == next);
                }
                prop_assert!(now.first().is_none_or(|first| first.1 == 0));
                if known && let Some(day) = day {
                    prop_assert_eq!(schedule.place_of(id).map(|(day, _)| day), Some(day));
                }
            }
        }
    }
}
