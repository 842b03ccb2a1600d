//! Lines.

use irontrack_domain::progress::ChartMetric;
use irontrack_ports::{ChartTheme, Charts, LineChart};
use proptest::prelude::*;
use roxmltree::Document;

use super::{
    check,
    made_up::{HOSTILE, SIZES, line},
};
use crate::SvgCharts;

fn drawn(chart: &LineChart) -> String {
    let svg = SvgCharts.line(chart).unwrap();
    check(&svg, chart.size.width(), chart.size.height());
    svg
}

/// The texts of a document that people see.
fn texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    texts.map(|node| node.text().unwrap_or_default().trim().to_owned()).collect()
}

/// The places of the line in pixels.
fn places(svg: &str) -> Vec<(f64, f64)> {
    let document = Document::parse(svg).unwrap();
    let lines = document.descendants().filter(|node| node.tag_name().name() == "polyline");
    let points = lines.filter(|node| node.attribute("stroke") == Some("#0B62C4")).flat_map(|node| {
        let points = node.attribute("points").unwrap().split_whitespace();
        points.map(|point| point.split_once(',').unwrap()).collect::<Vec<_>>()
    });
    points.map(|(x, y)| (x.parse::<f64>().unwrap() / 10.0, y.parse::<f64>().unwrap() / 10.0)).collect()
}

fn count(svg: &str, element: &str, colour: &str) -> usize {
    let document = Document::parse(svg).unwrap();
    let elements = document.descendants().filter(|node| node.tag_name().name() == element);
    elements.filter(|node| node.attribute("fill") == Some(colour)).count()
}

#[test]
fn a_chart_of_everything_fits_every_size() {
    let rising = |count: u32| (0..count).map(|index| 80.0 + f64::from(index % 17)).collect::<Vec<f64>>();
    for size in SIZES {
        for (values, hours_apart) in
            [(vec![], 1), (vec![102.5], 1), (rising(2), 1), (rising(30), 30), (rising(400), 80), (rising(10_000), 20)]
        {
            for metric in ChartMetric::ALL {
                for theme in [ChartTheme::Light, ChartTheme::Dark] {
                    drawn(&LineChart { metric: *metric, theme, ..line(size, &values, hours_apart) });
                }
            }
        }
    }
}

#[test]
fn a_chart_says_what_it_shows() {
    let svg = drawn(&line((800, 400), &[80.0, 102.5, 95.0], 48));
    let texts = texts(&svg);
    for expected in [
        "Bench Press",
        "Estimated one-repetition maximum per session",
        "Record",
        "Date",
        "e1RM (kg)",
        "90",
        "1 Jan 2026",
        "5 Jan 2026",
    ] {
        assert!(texts.iter().any(|text| text == expected), "{expected} is missing: {texts:?}");
    }
    let document = Document::parse(&svg).unwrap();
    let said = |name| document.descendants().find(|node| node.tag_name().name() == name).unwrap().text().unwrap();
    assert_eq!(said("title"), "Bench Press: Estimated one-repetition maximum");
    assert_eq!(
        said("desc"),
        "Estimated one-repetition maximum per session. 3 points, from 80 kg on 1 January 2026 to 95 kg on 5 January \
         2026; least 80 kg on 1 January 2026, greatest 102.5 kg on 3 January 2026. 1 record is marked with a triangle, \
         the last one 102.5 kg on 3 January 2026."
    );
    // The mark, and the one in the legend.
    assert_eq!(count(&svg, "polygon", "#B3400B"), 2);
    assert_eq!(places(&svg).len(), 3);
}

#[test]
fn a_chart_without_points_says_so() {
    let svg = drawn(&line((320, 200), &[], 1));
    let texts = texts(&svg);
    assert!(texts.iter().any(|text| text == "Nothing to show"), "{texts:?}");
    assert!(!texts.iter().any(|text| text == "Record"), "{texts:?}");
    assert!(svg.contains("No points."));
}

#[test]
fn one_point_is_a_dot_in_the_middle() {
    let svg = drawn(&line((800, 400), &[102.5], 1));
    let document = Document::parse(&svg).unwrap();
    let dots: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "circle").collect();
    let [dot] = dots.as_slice() else { panic!("{} dots", dots.len()) };
    let x: f64 = dot.attribute("cx").unwrap().parse::<f64>().unwrap() / 10.0;
    assert!((350.0..500.0).contains(&x), "{x}");
    assert!(svg.contains("One point: 102.5 kg on 1 January 2026."));
    assert!(texts(&svg).contains(&"1 Jan 2026".to_owned()), "{:?}", texts(&svg));
}

#[test]
fn many_points_become_few_and_keep_extremes_and_records() {
    let mut values: Vec<f64> = (0..10_000_u32).map(|index| 80.0 + f64::from(index * 7919 % 100) / 10.0).collect();
    values[5_003] = 150.0;
    values[7_007] = 20.0;
    for width in [320, 1200] {
        let svg = drawn(&line((width, 400), &values, 20));
        let places = places(&svg);
        assert!(places.len() <= 4 * usize::from(width) + 20, "{} places on {width} pixels", places.len());
        assert!(svg.len() < 100_000 + usize::from(width) * 60, "{} bytes", svg.len());
        let heights = |wanted: fn(f64, f64) -> f64, start| places.iter().map(|place| place.1).fold(start, wanted);
        let (top, bottom) = (heights(f64::min, f64::MAX), heights(f64::max, f64::MIN));
        // From 20 to 150 on an axis from 20 to 160 or so: nearly the whole height of the plot.
        assert!(bottom - top > 220.0, "from {top} to {bottom}");
        assert!(svg.contains("least 20 kg") && svg.contains("greatest 150 kg"));
        let records = count(&svg, "polygon", "#B3400B") - 1;
        let last = line((width, 400), &values, 20).points.iter().filter(|point| point.is_record).count();
        assert!(records >= 1 && records <= last, "{records} of {last}");
    }
}

#[test]
fn hostile_names_are_texts() {
    for name in HOSTILE {
        for size in [(200, 200), (800, 400)] {
            let svg = drawn(&LineChart { exercise: name.to_owned(), ..line(size, &[80.0, 90.0], 24) });
            assert!(!svg.contains("<script") && !svg.contains("<!"), "{svg}");
            assert!(!svg.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')), "{name:?}");
        }
    }
    let wide = "体".repeat(100);
    let svg = drawn(&LineChart { exercise: wide.clone(), ..line((320, 200), &[80.0], 24) });
    assert!(svg.contains(&format!("<title id=\"chart-title\">{wide}: ")), "the whole name is in the title");
    assert!(texts(&svg)[0].ends_with("体…") && texts(&svg)[0].chars().count() < 20, "{:?}", texts(&svg)[0]);
}

#[test]
fn values_that_are_no_numbers_are_left_out() {
    let svg = drawn(&line((320, 200), &[f64::NAN, 80.0, f64::INFINITY, 90.0, f64::NEG_INFINITY], 24));
    assert!(svg.contains("2 points, from 80 kg"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_series_becomes_a_chart(
        values in proptest::collection::vec(prop_oneof![0.0..1e3, 0.0..1e-3, 0.0..1e15, Just(0.0)], 0..400),
        hours_apart in prop_oneof![0_i64..3, 0_i64..400, 0_i64..100_000],
        width in 200_u16..=4000, height in 200_u16..=4000, metric in 0..ChartMetric::ALL.len(), name in "\\PC{0,100}|.{0,40}",
    ) {
        let chart = LineChart {
            exercise: name,
            metric: ChartMetric::ALL[metric],
            ..line((width, height), &values, hours_apart)
        };
        let svg = drawn(&chart);
        prop_assert_eq!(&svg, &drawn(&chart), "the same chart is the same document");
        for (x, y) in places(&svg) {
            prop_assert!((0.0..=f64::from(width)).contains(&x) && (0.0..=f64::from(height)).contains(&y), "{} {}", x, y);
        }
        if values.len() > 1 {
            // The greatest value is the highest place, the least one the lowest.
            let places = places(&svg);
            prop_assert!(places.len() >= 2 && places.len() <= 4 * usize::from(width) + values.len().min(usize::from(width)));
        }
    }
}
