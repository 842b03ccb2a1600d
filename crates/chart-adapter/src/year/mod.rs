//! A year of days: columns are ISO weeks, rows the days from Monday to Sunday.

mod description;
mod elements;
mod grid;
mod levels;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use elements::{Anchor, Label, group_of, square, text};
use grid::Grid;
use irontrack_ports::{DayActivity, DayMeasure, YearChart};
use levels::Levels;

use crate::{document::document, frame::Frame, palette::Palette, palette::palette, text::width};

/// The days with training, in order.
type Activities = BTreeMap<NaiveDate, DayActivity>;

/// Draws the chart.
pub fn draw(chart: &YearChart) -> String {
    let of_year = chart.days.iter().filter(|day| day.date.year() == chart.year && day.sessions > 0);
    let days: Activities = of_year.map(|day| (day.date, *day)).collect();
    let (frame, palette) = (Frame::new(chart.size), palette(chart.theme));
    let levels = Levels::of(chart.measure, &days);
    let mut drawing = format!(
        "<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>\n",
        chart.size.width(),
        chart.size.height(),
        palette.background
    );
    header(&mut drawing, chart, &frame, &palette);
    if let Some(grid) = Grid::of(chart.year, &frame) {
        grid.draw_names(&mut drawing, &palette);
        cells(&mut drawing, &grid, &days, &levels, &palette);
    }
    legend(&mut drawing, &levels, &frame, &palette);
    document(chart.size, 1, &description::of(chart, &days, &levels), &drawing)
}

fn header(drawing: &mut String, chart: &YearChart, frame: &Frame, palette: &Palette) {
    let margin = frame.margin();
    let title = Label { size: frame.title_size(), is_bold: true, colour: palette.text, anchor: Anchor::Start };
    text(drawing, &title, (margin, margin + frame.title_size()), &format!("Training in {}", chart.year));
    let subtitle = match chart.measure {
        DayMeasure::Sessions => "Sessions per day",
        DayMeasure::Volume => "Volume (weight × repetitions) per day",
    };
    let label = Label { size: frame.text_size(), is_bold: false, colour: palette.label, anchor: Anchor::Start };
    let subtitle = crate::text::fit(subtitle, frame.text_size(), frame.room());
    text(drawing, &label, (margin, frame.subtitle_top() + frame.text_size()), &subtitle);
}

/// All days, those of a colour together. Each says what it is.
fn cells(drawing: &mut String, grid: &Grid, days: &Activities, levels: &Levels, palette: &Palette) {
    let mut groups: [String; 5] = Default::default();
    for date in grid.days() {
        let activity = days.get(&date);
        let level = activity.map_or(0, |activity| levels.level(activity));
        let Some(group) = groups.get_mut(level) else { continue };
        square(group, grid.place(date), grid.side, None, &description::of_day(date, activity));
    }
    for (colour, group) in palette.levels.iter().zip(groups).filter(|(_, group)| !group.is_empty()) {
        group_of(drawing, *colour, &group);
    }
}

/// The colours from none to most, with names at both ends.
fn legend(drawing: &mut String, levels: &Levels, frame: &Frame, palette: &Palette) {
    let size = frame.text_size();
    let baseline = frame.height - frame.margin();
    let (least, greatest) = levels.ends();
    let label = Label { size, is_bold: false, colour: palette.label, anchor: Anchor::Start };
    let mut x = frame.margin();
    text(drawing, &label, (x, baseline), &least);
    x += width(&least, size) + size / 2.0;
    let top = baseline - size * 0.85;
    for (level, colour) in palette.levels.iter().enumerate() {
        square(drawing, (x, top), size, Some(*colour), &levels.name(level));
        x += size * 1.2;
    }
    text(drawing, &label, (x + size / 4.0, baseline), &greatest);
}
