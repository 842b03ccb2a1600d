//! Who the people are: names, places, habits.

use irontrack_domain::{TimeZone, account::PersonName};

use super::dice::Dice;

const FIRST_NAMES: [&str; 24] = [
    "Aisha", "Ben", "Camille", "Dmitri", "Elena", "Femi", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Liam", "Mei",
    "Nadia", "Oscar", "Priya", "Quentin", "Rosa", "Sven", "Tomás", "Uma", "Viktor", "Wanjiru", "Yusuf",
];

const LAST_NAMES: [&str; 24] = [
    "Almeida", "Bauer", "Castillo", "Dubois", "Eriksen", "Fontaine", "Garcia", "Hansen", "Ivanova", "Jensen", "Kaya",
    "Larsson", "Moreau", "Nakamura", "Okafor", "Petrov", "Quinn", "Rossi", "Santos", "Tanaka", "Ueda", "Varga",
    "Weber", "Zhang",
];

const TIME_ZONES: [&str; 12] = [
    "Europe/Berlin",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Warsaw",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Africa/Nairobi",
    "Australia/Sydney",
];

/// What somebody is like.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: Option<PersonName>,
    pub(super) time_zone: TimeZone,
    /// How many days a week they train: three to five.
    pub(super) days_a_week: i32,
    /// The hour at which they like to train, by the clock on their wall.
    pub(super) hour: i32,
    /// How strong they are when they begin, in thousandths of somebody average.
    pub(super) strength: i32,
    /// How much of that they can win in the end, in thousandths.
    pub(super) talent: i32,
    /// Whether they write down how hard a set was.
    pub(super) rates_effort: bool,
    /// Whether they train after a plan, if there is one.
    pub(super) follows_plan: bool,
    /// Whether they are training right now.
    pub(super) is_training: bool,
}

impl Person {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let first = dice.pick(&FIRST_NAMES).copied().unwrap_or_default();
        let last = dice.pick(&LAST_NAMES).copied().unwrap_or_default();
        let zone = dice.pick(&TIME_ZONES).and_then(|zone| TimeZone::parse(zone).ok());
        // Before work, at noon, after work.
        let hour = dice.pick(&[6, 7, 12, 17, 18, 18, 19, 20]).copied().unwrap_or(18);
        Self {
            name: PersonName::parse(&format!("{first} {last}")).ok().flatten(),
            time_zone: zone.unwrap_or(TimeZone::UTC),
            days_a_week: dice.between(3..=5),
            hour,
            strength: dice.between(600..=1300),
            talent: dice.between(400..=1000),
            rates_effort: dice.happens(45),
            follows_plan: dice.happens(70),
            is_training: dice.happens(10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_name_and_a_place() {
        let people: Vec<_> = (1..=500).map(|number| Person::new(&mut Dice::of(1, number))).collect();
        assert!(people.iter().all(|person| person.name.is_some() && (3..=5).contains(&person.days_a_week)));
        let zones: std::collections::HashSet<_> = people.iter().map(|person| person.time_zone).collect();
        assert_eq!(zones.len(), TIME_ZONES.len());
        for property in [|person: &Person| person.follows_plan, |person: &Person| person.is_training] {
            let count = people.iter().filter(|person| property(person)).count();
            assert!(count > 10 && count < 490, "{count} of 500");
        }
    }
}
