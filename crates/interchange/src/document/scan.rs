//! Where values of JSON end.

/// How far a value was looked through that ends with its own last byte: an object, a list or a string.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Brackets that are open.
    depth: u64,
    is_in_text: bool,
    is_escaped: bool,
}

impl Scan {
    /// The place behind the end of the value, if it ends in these bytes, which follow those that were there before. Brackets
    /// are only counted: which of them belong together is seen when the value is read.
    pub(super) fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        for (place, byte) in bytes.iter().enumerate() {
            if self.is_escaped {
                self.is_escaped = false;
            } else if self.is_in_text {
                match byte {
                    b'"' => self.is_in_text = false,
                    b'\\' => self.is_escaped = true,
                    _ => {}
                }
            } else {
                match byte {
                    b'"' => self.is_in_text = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            if self.depth == 0 && !self.is_in_text {
                return Some(place + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn end(text: &str) -> Option<usize> {
        Scan::default().end_in(text.as_bytes())
    }

    #[test]
    fn values_end_with_their_last_bracket_or_quotation_mark() {
        for value in ["{}", "[]", r#""""#, r#"{"a":[1,{"b":"]}"}]}"#, r#""x\\\"y\\""#, r#"["\\","\""]"#] {
            assert_eq!(end(value), Some(value.len()), "{value}");
            assert_eq!(end(&format!("{value},[]")), Some(value.len()), "{value}");
            for place in 0..value.len() {
                let mut scan = Scan::default();
                assert_eq!(scan.end_in(&value.as_bytes()[..place]), None, "{place} of {value}");
                assert_eq!(scan.end_in(&value.as_bytes()[place..]), Some(value.len() - place), "{value}");
            }
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<i32>().prop_map(Value::from), "\\PC{0,9}".prop_map(Value::from)];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[\\PC\"\\\\{}\\[\\]]{0,5}", inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(crate::cases::config())]

        #[test]
        fn any_value_ends_where_it_ends(value in value(), rest in "[\\PC\"{}\\[\\]]{0,9}") {
            let list = format!("[{value}]");
            prop_assert_eq!(end(&format!("{list}{rest}")), Some(list.len()), "{}", list);
        }
    }
}
