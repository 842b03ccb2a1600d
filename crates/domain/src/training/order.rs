//! Ordered lists: entries of a unit, units of a day, exercises and sets of a session.

use thiserror::Error;

/// A list of different ids in the order that somebody gave them. The place of an id is its index, so that places are
/// 0-based and have no gaps, whatever is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered<T>(Vec<T>);

/// The ids that were given are not those of the list, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("every id of the list must be given exactly once")]
pub struct NoPermutation;

impl<T: Copy + Ord> Ordered<T> {
    /// A list of different ids in their order. Of an id that comes twice the first place counts.
    #[must_use]
    pub fn new(ids: Vec<T>) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        Self(ids.into_iter().filter(|&id| seen.insert(id)).collect())
    }

    /// The ids in their order.
    #[must_use]
    pub fn ids(&self) -> &[T] {
        &self.0
    }

    /// Where an id stands.
    #[must_use]
    pub fn place_of(&self, id: T) -> Option<usize> {
        self.0.iter().position(|&other| other == id)
    }

    /// Puts a new id at a place, those from there on behind it; without a place or past the end, at the end. Answers
    /// where it stands. An id that is there already is moved.
    pub fn insert(&mut self, id: T, place: Option<usize>) -> usize {
        self.remove(id);
        let place = place.unwrap_or(usize::MAX).min(self.0.len());
        self.0.insert(place, id);
        place
    }

    /// Takes an id out and inserts it at a place of what is left; past the end means the end. Answers where it stands
    /// then, or `None` if it is not in the list.
    pub fn move_to(&mut self, id: T, place: usize) -> Option<usize> {
        self.place_of(id)?;
        Some(self.insert(id, Some(place)))
    }

    /// Takes an id out and closes the gap. Answers where it stood.
    pub fn remove(&mut self, id: T) -> Option<usize> {
        let place = self.place_of(id)?;
        self.0.remove(place);
        Some(place)
    }

    /// Puts all ids into another order.
    ///
    /// # Errors
    /// [`NoPermutation`] unless every id of the list is given once and no other; the list is then as before.
    pub fn permute(&mut self, ids: &[T]) -> Result<(), NoPermutation> {
        let sorted = |ids: &[T]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        if sorted(&self.0) != sorted(ids) {
            return Err(NoPermutation);
        }
        self.0 = ids.to_vec();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn insertions_shift_what_stands_behind() {
        let mut list = Ordered::new(vec![1, 2, 3]);
        assert_eq!((list.insert(9, Some(1)), list.ids()), (1, &[1, 9, 2, 3][..]));
        assert_eq!((list.insert(8, None), list.insert(7, Some(99))), (4, 5));
        assert_eq!(list.ids(), [1, 9, 2, 3, 8, 7]);
    }

    #[test]
    fn a_move_takes_out_first_and_then_inserts() {
        let mut list = Ordered::new(vec![1, 2, 3, 4]);
        assert_eq!((list.move_to(1, 2), list.ids()), (Some(2), &[2, 3, 1, 4][..]));
        assert_eq!((list.move_to(2, 99), list.ids()), (Some(3), &[3, 1, 4, 2][..]));
        assert_eq!((list.move_to(5, 0), list.ids()), (None, &[3, 1, 4, 2][..]));
    }

    #[test]
    fn removals_close_the_gap() {
        let mut list = Ordered::new(vec![1, 2, 3]);
        assert_eq!((list.remove(2), list.remove(2), list.ids()), (Some(1), None, &[1, 3][..]));
    }

    #[test]
    fn only_permutations_permute() {
        let mut list = Ordered::new(vec![1, 2, 3]);
        for wrong in [&[][..], &[1, 2], &[1, 2, 2], &[1, 2, 4], &[1, 2, 3, 3]] {
            assert_eq!(list.permute(wrong), Err(NoPermutation), "{wrong:?}");
            assert_eq!(list.ids(), [1, 2, 3]);
        }
        assert_eq!((list.permute(&[3, 1, 2]), list.ids()), (Ok(()), &[3, 1, 2][..]));
    }

    /// What can be done to a list, on ids below 20.
    #[derive(Debug, Clone)]
    enum Step {
        Insert(u8, Option<usize>),
        Move(u8, usize),
        Remove(u8),
        Permute(Vec<u8>),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let id = 0_u8..20;
        let step = prop_oneof![
            (id.clone(), proptest::option::of(0_usize..25)).prop_map(|(id, place)| Step::Insert(id, place)),
            (id.clone(), 0_usize..25).prop_map(|(id, place)| Step::Move(id, place)),
            id.clone().prop_map(Step::Remove),
            proptest::collection::vec(id, 0..20).prop_map(Step::Permute),
        ];
        proptest::collection::vec(step, 0..60)
    }

    proptest! {
        /// Against a list of (id, place) pairs, changed by arithmetic as a database would.
        #[test]
        fn places_follow_the_rules(steps in steps()) {
            let mut list = Ordered::new(vec![]);
            let mut pairs: Vec<(u8, usize)> = vec![];
            let take_out = |pairs: &mut Vec<(u8, usize)>, id: u8| {
                let Some(&(_, old)) = pairs.iter().find(|pair| pair.0 == id) else { return false };
                pairs.retain(|pair| pair.0 != id);
                pairs.iter_mut().filter(|pair| pair.1 > old).for_each(|pair| pair.1 -= 1);
                true
            };
            let put_in = |pairs: &mut Vec<(u8, usize)>, id: u8, place: usize| {
                let place = place.min(pairs.len());
                pairs.iter_mut().filter(|pair| pair.1 >= place).for_each(|pair| pair.1 += 1);
                pairs.push((id, place));
                place
            };
            for step in steps {
                match step {
                    Step::Insert(id, place) => {
                        take_out(&mut pairs, id);
                        let expected = put_in(&mut pairs, id, place.unwrap_or(usize::MAX));
                        prop_assert_eq!(list.insert(id, place), expected);
                    }
                    Step::Move(id, place) => {
                        let expected = take_out(&mut pairs, id).then(|| put_in(&mut pairs, id, place));
                        prop_assert_eq!(list.move_to(id, place), expected);
                    }
                    Step::Remove(id) => {
                        let there = take_out(&mut pairs, id);
                        prop_assert_eq!(list.remove(id).is_some(), there);
                    }
                    Step::Permute(ids) => {
                        let before = list.clone();
                        if list.permute(&ids).is_ok() {
                            pairs = ids.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
                        } else {
                            prop_assert_eq!(&list, &before);
                        }
                    }
                }
                pairs.sort_unstable_by_key(|pair| pair.1);
                prop_assert!(pairs.iter().enumerate().all(|(index, pair)| pair.1 == index));
                prop_assert_eq!(list.ids().to_vec(), pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
            }
        }
    }
}
