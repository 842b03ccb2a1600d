//! Fields that bodies of training units, plans and sessions have in common.

use std::ops::RangeInclusive;

use irontrack_domain::training::{Distance, LongText, Mode, Weight};

use crate::call::{Field, Read, Violations};

/// What is counted in an exercise.
pub(crate) fn mode(field: &Field<'_>, violations: &mut Violations) -> Read<Mode> {
    let modes: Vec<_> = Mode::ALL.iter().map(|&mode| (mode.as_str(), mode)).collect();
    field.choice(&modes, violations)
}

/// A whole number within limits.
pub(crate) fn whole<T>(limits: RangeInclusive<T>) -> impl FnOnce(&Field<'_>, &mut Violations) -> Read<T>
where
    T: Copy + Into<i64> + TryFrom<i64>,
{
    move |field, violations| field.whole(&limits, violations)
}

/// Kilometres.
pub(crate) fn distance(field: &Field<'_>, violations: &mut Violations) -> Read<Distance> {
    field.amount(Distance::parse, violations)
}

/// Kilograms.
pub(crate) fn weight(field: &Field<'_>, violations: &mut Violations) -> Read<Weight> {
    field.amount(Weight::parse, violations)
}

/// Notes that may be long.
pub(crate) fn notes(field: &Field<'_>, violations: &mut Violations) -> Read<LongText> {
    field.text(LongText::parse, violations)
}

/// A place in a list; past the end means the end.
pub(crate) fn place(field: &Field<'_>, violations: &mut Violations) -> Read<usize> {
    Ok(usize::try_from(field.whole(&(0..=i64::MAX), violations)?).unwrap_or(usize::MAX))
}
