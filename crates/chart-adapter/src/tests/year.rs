//! Years.

use chrono::{Days, NaiveDate};
use irontrack_ports::{ChartSize, ChartTheme, Charts, DayActivity, DayMeasure, YearChart};
use proptest::prelude::*;
use roxmltree::Document;

use super::{check, made_up::SIZES};
use crate::SvgCharts;

fn drawn(chart: &YearChart) -> String {
    let svg = SvgCharts.year(chart).unwrap();
    check(&svg, chart.size.width(), chart.size.height());
    svg
}

fn chart(year: i32, days: Vec<DayActivity>, size: (u16, u16)) -> YearChart {
    let size = ChartSize::new(size.0, size.1).unwrap();
    YearChart { year, days, measure: DayMeasure::Sessions, size, theme: ChartTheme::Light }
}

fn day(date: &str, sessions: u32, volume: f64) -> DayActivity {
    DayActivity { date: date.parse().unwrap(), sessions, volume }
}

/// Name, place and colour of all days.
fn cells(svg: &str) -> Vec<(String, (f64, f64), String)> {
    let document = Document::parse(svg).unwrap();
    let groups = document.descendants().filter(|node| node.tag_name().name() == "g" && node.has_attribute("fill"));
    let cells = groups.flat_map(|group| group.children().filter(roxmltree::Node::is_element));
    let cell = |node: roxmltree::Node| {
        let (x, y) = node.attribute("d").unwrap()[1..].split_once('h').unwrap().0.split_once(' ').unwrap();
        let name = node.first_element_child().unwrap().text().unwrap().to_owned();
        let colour = node.parent_element().unwrap().attribute("fill").unwrap().to_owned();
        (name, (x.parse().unwrap(), y.parse().unwrap()), colour)
    };
    cells.map(cell).collect()
}

#[test]
fn every_size_has_a_year() {
    for size in SIZES {
        for year in [2024, 2026, 2028] {
            for measure in [DayMeasure::Sessions, DayMeasure::Volume] {
                let days = vec![day(&format!("{year}-03-04"), 2, 12_345.5)];
                let svg = drawn(&YearChart { measure, ..chart(year, days, size) });
                assert!(svg.contains(&format!("Training in {year}")), "{size:?}");
            }
        }
    }
}

#[test]
fn columns_are_weeks_and_rows_weekdays() {
    // 1 January 2026 was a Thursday.
    let svg = drawn(&chart(2026, vec![day("2026-03-04", 2, 5340.0), day("2026-03-05", 9, 0.0)], (1200, 300)));
    let cells = cells(&svg);
    assert_eq!(cells.len(), 365);
    let place = |name: &str| cells.iter().find(|cell| cell.0 == name).unwrap_or_else(|| panic!("no {name}")).1;
    let (thursday, sunday, monday) = (place("1 January"), place("4 January"), place("5 January"));
    let next_thursday = place("8 January");
    assert!(sunday.0 < monday.0 && monday.1 < thursday.1 && thursday.1 < sunday.1);
    assert_eq!((thursday.0, thursday.1, monday.0), (sunday.0, next_thursday.1, next_thursday.0));
    let colour = |name: &str| cells.iter().find(|cell| cell.0 == name).unwrap().2.clone();
    assert_eq!(colour("4 March: 2 sessions, 5,340 kg"), "#5f9de4");
    assert_eq!(colour("5 March: 9 sessions"), "#0b3a80");
    assert_eq!(colour("6 March"), "#e9edf2");
    assert!(svg.contains("11 sessions on 2 days, 5,340 kg in all. Most on 5 March: 9 sessions."), "{svg}");
    assert!(svg.len() < 45_000, "{} bytes", svg.len());
}

#[test]
fn months_are_named_where_they_begin() {
    let texts = |svg: &str| -> Vec<String> {
        let document = Document::parse(svg).unwrap();
        let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
        texts.map(|node| node.text().unwrap().to_owned()).collect()
    };
    let wide = texts(&drawn(&chart(2026, vec![], (1200, 300))));
    for name in ["Jan", "Feb", "Jun", "Dec", "Mon", "Tue", "Sun", "0", "4 or more"] {
        assert_eq!(wide.iter().filter(|text| *text == name).count(), 1, "{name}: {wide:?}");
    }
    let narrow = texts(&drawn(&chart(2026, vec![], (320, 200))));
    assert!(narrow.iter().filter(|text| *text == "Jan").count() == 1, "{narrow:?}");
}

#[test]
fn a_year_that_no_calendar_knows_has_no_days() {
    assert_eq!(cells(&drawn(&chart(i32::MAX, vec![], (800, 200)))), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_year_has_all_its_days(
        year in 1_i32..=9999, width in 200_u16..=4000, height in 200_u16..=4000,
        activities in proptest::collection::vec((0_u64..400, 0_u32..6, 0.0..1e12), 0..100), by_volume: bool,
    ) {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = activities.iter().map(|(offset, sessions, volume)| DayActivity {
            date: first + Days::new(*offset), sessions: *sessions, volume: *volume,
        });
        let measure = if by_volume { DayMeasure::Volume } else { DayMeasure::Sessions };
        let chart = YearChart { measure, ..chart(year, days.collect(), (width, height)) };
        let svg = drawn(&chart);
        prop_assert_eq!(&svg, &drawn(&chart));
        let cells = cells(&svg);
        prop_assert_eq!(cells.len(), if first.leap_year() { 366 } else { 365 });
        let mut places: Vec<_> = cells.iter().map(|cell| (cell.1.0.to_bits(), cell.1.1.to_bits())).collect();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), cells.len(), "each day has its own place");
        for (_, (x, y), _) in cells {
            prop_assert!(x >= 0.0 && x < f64::from(width) && y >= 0.0 && y < f64::from(height));
        }
    }
}
