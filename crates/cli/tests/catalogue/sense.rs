//! Whether the fields of an exercise fit each other, its name and its text.

use crate::{
    Findings,
    entries::{Catalogue, Entry},
    holds, notices,
    words::words,
};

/// The names of the exercises for which a problem is found, with the problem.
fn problems(catalogue: &Catalogue, find: impl Fn(&Entry) -> Vec<String>) -> Findings {
    let of_one = |entry: &Entry| find(entry).into_iter().map(|it| format!("{}: {it}", entry.name)).collect::<Vec<_>>();
    catalogue.entries.iter().flat_map(of_one).collect()
}

/// Of the tags of one row at most one fits.
const EXCLUSIVE_TAGS: [&[&str]; 3] =
    [&["standing", "seated", "lying", "hanging"], &["unilateral", "bilateral"], &["squat pattern", "hinge pattern"]];

fn tags_contradict_each_other(catalogue: &Catalogue) -> Findings {
    problems(catalogue, |entry| {
        let rows = EXCLUSIVE_TAGS.iter().map(|row| row.iter().filter(|tag| entry.has_tag(tag)).copied());
        let clashes = rows.map(Iterator::collect::<Vec<_>>).filter(|tags| tags.len() > 1);
        clashes.map(|tags| format!("is tagged {}", tags.join(" and "))).collect()
    })
}

/// Force, mechanic, category and level: what they mean is in the readme of the catalogue.
fn classes_contradict_each_other(catalogue: &Catalogue) -> Findings {
    problems(catalogue, |entry| {
        let category = entry.category.as_str();
        let (force, mechanic) = (entry.force.as_deref(), entry.mechanic.as_deref());
        let unloaded = matches!(category, "stretching" | "cardio");
        let others = entry.secondary_muscles.len();
        let checks = [
            (unloaded && mechanic.is_some(), "is stretching or cardio and has a mechanic"),
            (!unloaded && mechanic.is_none(), "has no mechanic"),
            (category == "cardio" && force.is_some(), "is cardio and has a force"),
            (category == "stretching" && matches!(force, Some("push" | "pull")), "is stretching and has a direction"),
            (category == "plyometrics" && !matches!(force, Some("push" | "pull")), "is plyometric without direction"),
            (category == "plyometrics" && !entry.has_tag("explosive"), "is plyometric and not explosive"),
            (category == "olympic weightlifting" && !entry.needs("barbell"), "is weightlifting without a barbell"),
            (category == "powerlifting" && !entry.needs("barbell") && !entry.needs("e-z curl bar"), "has no bar"),
            (entry.has_tag("isometric") && force != Some("static"), "is isometric and not static"),
            (entry.has_tag("rehab") && entry.has_tag("explosive"), "is rehab and explosive"),
            (entry.has_tag("rehab") && entry.has_tag("high impact"), "is rehab and of high impact"),
            (entry.has_tag("rehab") && entry.difficulty_level == "expert", "is rehab and for experts"),
            (mechanic == Some("isolation") && others > 3, "isolates a muscle and names more than three others"),
            (mechanic == Some("compound") && others == 0, "is compound and names no other muscle"),
        ];
        checks.into_iter().filter(|(broken, _)| *broken).map(|(_, problem)| problem.to_owned()).collect()
    })
}

/// What nobody has at home, and what nobody takes along.
const NOT_AT_HOME: [&str; 4] = ["barbell", "cable", "e-z curl bar", "machine"];
const IN_A_BAG: [&str; 3] = ["bands", "body only", "other"];

fn equipment_contradicts_tags(catalogue: &Catalogue) -> Findings {
    problems(catalogue, |entry| {
        let mut problems = Vec::new();
        for equipment in entry.equipment.iter().map(String::as_str) {
            if entry.has_tag("home friendly") && NOT_AT_HOME.contains(&equipment) {
                problems.push(format!("is home friendly and needs {equipment}"));
            }
            if entry.has_tag("travel friendly") && !IN_A_BAG.contains(&equipment) {
                problems.push(format!("is travel friendly and needs {equipment}"));
            }
        }
        let anywhere = entry.needs("foam roll") || entry.needs("body only") && entry.category == "stretching";
        if anywhere && !entry.has_tag("home friendly") {
            problems.push("asks for nothing but a floor and is not home friendly".to_owned());
        }
        if entry.needs("body only") && entry.equipment.len() > 1 {
            problems.push("is body only and needs something".to_owned());
        }
        problems
    })
}

/// Words of a name, and the equipment that has to be there then.
const EQUIPMENT_IN_NAMES: [(&str, &str); 27] = [
    ("axle", "other"),
    ("band", "bands"),
    ("banded", "bands"),
    ("barbell", "barbell"),
    ("battle rope", "other"),
    ("bodyweight", "body only"),
    ("cable", "cable"),
    ("dumbbell", "dumbbell"),
    ("exercise ball", "exercise ball"),
    ("ez bar", "e-z curl bar"),
    ("foam roll", "foam roll"),
    ("foam roller", "foam roll"),
    ("keg", "other"),
    ("kettlebell", "kettlebells"),
    ("landmine", "barbell"),
    ("log", "other"),
    ("machine", "machine"),
    ("medicine ball", "medicine ball"),
    ("ring", "other"),
    ("sandbag", "other"),
    ("sled", "other"),
    ("smith machine", "machine"),
    ("stability ball", "exercise ball"),
    ("suspension", "other"),
    ("towel", "other"),
    ("trap bar", "barbell"),
    ("treadmill", "machine"),
];

/// Words of a name, and the tag that has to be there then.
const TAGS_IN_NAMES: [(&str, &str); 20] = [
    ("bent over", "hinge pattern"),
    ("deadlift", "hinge pattern"),
    ("explosive", "explosive"),
    ("hanging", "hanging"),
    ("hold", "isometric"),
    ("isometric", "isometric"),
    ("jump squat", "explosive"),
    ("jump", "explosive"),
    ("lying", "lying"),
    ("one arm", "unilateral"),
    ("plank", "core stability"),
    ("prone", "lying"),
    ("pull up", "hanging"),
    ("seated", "seated"),
    ("single arm", "unilateral"),
    ("single leg", "unilateral"),
    ("squat", "squat pattern"),
    ("standing", "standing"),
    ("supine", "lying"),
    ("twist", "rotation"),
];

fn names_contradict_the_rest(catalogue: &Catalogue) -> Findings {
    problems(catalogue, |entry| {
        // The band of "IT band" is part of the leg, and a jump rope is jumped with little force.
        let name = format!(" {} ", words(&entry.name).join(" ")).replace(" it band ", " ").replace(" jump rope ", " ");
        let says = |text: &str| name.contains(&format!(" {text} "));
        let equipment = EQUIPMENT_IN_NAMES.iter().filter(|(text, equipment)| says(text) && !entry.needs(equipment));
        let tags = TAGS_IN_NAMES.iter().filter(|(text, tag)| says(text) && !entry.has_tag(tag));
        let equipment = equipment.map(|(text, it)| format!("is called '{text}' and does not need {it}"));
        equipment.chain(tags.map(|(text, tag)| format!("is called '{text}' and is not tagged {tag}"))).collect()
    })
}

/// How a text begins, and the postures that do not follow. From sitting one may lie back, and from standing hang.
const OPENINGS: [(&str, &[&str]); 3] = [
    ("lie ", &["standing", "seated", "hanging"]),
    ("sit ", &["standing", "hanging"]),
    ("stand ", &["seated", "lying"]),
];

fn texts_contradict_tags(catalogue: &Catalogue) -> Findings {
    problems(catalogue, |entry| {
        let text = entry.instructions.to_lowercase();
        let opening = OPENINGS.iter().filter(|(opening, _)| text.starts_with(opening));
        let tags = opening.flat_map(|(opening, tags)| tags.iter().map(move |tag| (opening, tag)));
        let clashes = tags.filter(|(_, tag)| entry.has_tag(tag));
        clashes.map(|(opening, tag)| format!("is tagged {tag}, and the text begins with '{opening}'")).collect()
    })
}

#[test]
fn no_tags_contradict_each_other() {
    holds(tags_contradict_each_other);
    let seated = |c: &mut Catalogue| c.entry("Hammer Curl").tags.push("seated".into());
    notices(tags_contradict_each_other, seated, "Hammer Curl: is tagged standing and seated");
    let one_sided = |c: &mut Catalogue| c.entry("Hammer Curl").tags.push("unilateral".into());
    notices(tags_contradict_each_other, one_sided, "Hammer Curl: is tagged unilateral and bilateral");
}

/// Makes a mistake in an exercise.
type Spoil = fn(&mut Entry);

#[test]
fn no_classes_contradict_each_other() {
    holds(classes_contradict_each_other);
    let table: [(Spoil, &str); 14] = [
        (|e| e.category = "cardio".into(), "is stretching or cardio and has a mechanic; is cardio and has a force"),
        (|e| e.mechanic = None, "has no mechanic"),
        (
            |e| e.category = "stretching".into(),
            "is stretching or cardio and has a mechanic; is stretching and has a direction",
        ),
        (|e| e.category = "plyometrics".into(), "is plyometric and not explosive"),
        (
            |e| (e.category, e.force) = ("plyometrics".into(), None),
            "is plyometric without direction; is plyometric and not explosive",
        ),
        (|e| e.category = "olympic weightlifting".into(), "is weightlifting without a barbell"),
        (|e| e.category = "powerlifting".into(), "has no bar"),
        (|e| e.tags.push("isometric".into()), "is isometric and not static"),
        (|e| e.tags.extend(["rehab".into(), "explosive".into()]), "is rehab and explosive"),
        (|e| e.tags.extend(["rehab".into(), "high impact".into()]), "is rehab and of high impact"),
        (|e| (e.tags, e.difficulty_level) = (vec!["rehab".into()], "expert".into()), "is rehab and for experts"),
        (
            |e| e.secondary_muscles = ["forearms", "shoulders", "chest", "lats"].map(String::from).into(),
            "isolates a muscle and names more than three others",
        ),
        (
            |e| (e.mechanic, e.secondary_muscles) = (Some("compound".into()), Vec::new()),
            "is compound and names no other muscle",
        ),
        (|e| e.force = Some("static".into()), ""),
    ];
    for (change, problems) in table {
        let mut catalogue = Catalogue::read();
        change(catalogue.entry("Hammer Curl"));
        let found = classes_contradict_each_other(&catalogue).join("; ").replace("Hammer Curl: ", "");
        assert_eq!(found, problems);
    }
}

#[test]
fn nothing_heavy_is_for_home_or_travel() {
    holds(equipment_contradicts_tags);
    let change =
        |equipment: &'static str| move |c: &mut Catalogue| c.entry("Band Curl").equipment = vec![equipment.into()];
    notices(equipment_contradicts_tags, change("dumbbell"), "Band Curl: is travel friendly and needs dumbbell");
    let cable = |c: &mut Catalogue| c.entry("Cable Curl").tags.push("home friendly".into());
    notices(equipment_contradicts_tags, cable, "Cable Curl: is home friendly and needs cable");
    let outside = |c: &mut Catalogue| c.entry("Lat Foam Roll").tags.retain(|tag| tag != "home friendly");
    let finding = "Lat Foam Roll: asks for nothing but a floor and is not home friendly";
    notices(equipment_contradicts_tags, outside, finding);
    let both = |c: &mut Catalogue| c.entry("Plank").equipment.push("other".into());
    notices(equipment_contradicts_tags, both, "Plank: is body only and needs something");
}

#[test]
fn every_name_fits_equipment_and_tags() {
    holds(names_contradict_the_rest);
    let finding = "Band Curl: is called 'band' and does not need bands";
    notices(names_contradict_the_rest, |c| c.entry("Band Curl").equipment = vec!["other".into()], finding);
    let finding = "Seated Dumbbell Curl: is called 'seated' and is not tagged seated";
    notices(names_contradict_the_rest, |c| c.entry("Seated Dumbbell Curl").tags.retain(|tag| tag != "seated"), finding);
}

#[test]
fn no_text_contradicts_the_posture() {
    holds(texts_contradict_tags);
    let finding = "Crunch: is tagged seated, and the text begins with 'lie '";
    notices(texts_contradict_tags, |c| c.entry("Crunch").tags = vec!["seated".into()], finding);
}
