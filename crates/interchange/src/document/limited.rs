//! Lists that are held only as far as they may be long.

use std::{fmt, marker::PhantomData};

use irontrack_domain::training::limits::UNITS_OF_PLAN;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};

/// The longest list that anything has.
const MOST: usize = UNITS_OF_PLAN;

/// Reads a list, and one item more than any list may have. Others are left out: that there are too many is known by then, and
/// small things that take much room must not fill the memory.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_seq(Items(PhantomData))
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut kept = Vec::new();
        while kept.len() <= MOST {
            match items.next_element()? {
                Some(item) => kept.push(item),
                None => return Ok(kept),
            }
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Lists {
        #[serde(default, deserialize_with = "list")]
        items: Vec<u8>,
    }

    fn items(text: &str) -> Result<usize, String> {
        serde_json::from_str::<Lists>(text).map(|lists| lists.items.len()).map_err(|error| error.to_string())
    }

    #[test]
    fn no_more_is_held_than_a_list_may_have() {
        let of = |count: usize| format!("{{\"items\":[{}]}}", vec!["7"; count].join(","));
        for count in [0, 1, MOST - 1, MOST, MOST + 1] {
            assert_eq!(items(&of(count)), Ok(count));
        }
        assert_eq!(items(&of(MOST * 10)), Ok(MOST + 1));
        assert_eq!(items("{}"), Ok(0));
        let error = items("{\"items\":{}}").unwrap_err();
        assert!(error.starts_with("invalid type: map, expected a list"), "{error}");
    }
}
