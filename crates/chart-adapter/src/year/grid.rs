//! Where the days of a year are.

use chrono::{Datelike, NaiveDate};
use irontrack_domain::progress::Calendar;

use super::elements::{Anchor, Label, text};
use crate::{frame::Frame, palette::Palette, text::width, words::short_month};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// In how many parts, one below the other, a year may be.
const PARTS: [i32; 5] = [1, 2, 3, 4, 6];

/// The year in as many parts as make its days largest.
#[derive(Debug, Clone)]
pub struct Grid {
    first: NaiveDate,
    last: NaiveDate,
    /// The Monday of the first column.
    monday: NaiveDate,
    /// How many columns a part has.
    columns: i32,
    /// How far days are apart.
    pitch: f64,
    /// How wide and high a day is.
    pub side: f64,
    left: f64,
    /// Where the days of the first part begin.
    top: f64,
    /// How far parts are apart.
    part_height: f64,
    right: f64,
    font_size: f64,
}

impl Grid {
    /// The place of the days of a year, if it is one that calendars know.
    pub fn of(year: i32, frame: &Frame) -> Option<Self> {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        let monday = Calendar::Week.first_day(first);
        let weeks = days_between(monday, last) / 7 + 1;
        let names = WEEKDAYS.iter().map(|day| width(day, frame.text_size())).fold(0.0, f64::max);
        let left = frame.margin() + names + frame.text_size() / 3.0;
        let top = frame.header_bottom() + frame.text_size() / 2.0;
        let bottom = frame.height - frame.margin() - frame.line_height() - frame.text_size() / 3.0;
        let sized = |parts: i32| {
            let columns = (weeks + parts - 1) / parts;
            let part_height = (bottom - top) / f64::from(parts);
            let across = (frame.right() - left) / f64::from(columns);
            let pitch = across.min((part_height - frame.line_height()) / 7.0);
            (columns, pitch)
        };
        let (columns, pitch) = PARTS.map(sized).into_iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(Self {
            first,
            last,
            monday,
            columns,
            pitch,
            side: pitch - (pitch * 0.15).max(1.0),
            left,
            top: top + frame.line_height(),
            part_height: pitch * 7.0 + frame.line_height(),
            right: frame.right(),
            font_size: frame.text_size(),
        })
    }

    /// The days of the year.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |date| *date <= last)
    }

    /// The upper left corner of a day.
    pub fn place(&self, date: NaiveDate) -> (f64, f64) {
        let (part, column) = self.column(date);
        let row = f64::from(date.weekday().num_days_from_monday());
        (self.left + f64::from(column) * self.pitch, self.part_top(part) + row * self.pitch)
    }

    /// Writes the names of months above the days, and those of weekdays beside them, as many as have room.
    pub fn draw_names(&self, drawing: &mut String, palette: &Palette) {
        let label = Label { size: self.font_size, is_bold: false, colour: palette.label, anchor: Anchor::Start };
        let mut taken = (-1, 0.0);
        for month in 1..=12 {
            let Some(date) = self.first.with_month(month) else { continue };
            let (part, column) = self.column(date);
            let name = short_month(month);
            let length = width(name, self.font_size);
            let x = (self.left + f64::from(column) * self.pitch).min(self.right - length);
            if taken.0 != part {
                taken = (part, 0.0);
            }
            if x >= taken.1 {
                text(drawing, &label, (x, self.part_top(part) - self.font_size * 0.35), name);
                taken.1 = x + length + self.font_size * 0.3;
            }
        }
        let label = Label { anchor: Anchor::End, ..label };
        let apart = [1, 2, 3, 6].into_iter().find(|rows| f64::from(*rows) * self.pitch >= self.font_size * 1.15);
        let rows = (0..7_i32).step_by(apart.map_or(7, |rows: i32| rows.unsigned_abs() as usize));
        for (row, part) in rows.flat_map(|row| (0..=self.column(self.last).0).map(move |part| (row, part))) {
            let name = usize::try_from(row).ok().and_then(|row| WEEKDAYS.get(row)).copied().unwrap_or_default();
            let middle = self.part_top(part) + f64::from(row) * self.pitch + self.side / 2.0;
            text(drawing, &label, (self.left - self.font_size / 3.0, middle + self.font_size * 0.36), name);
        }
    }

    /// In which part and column a day is.
    fn column(&self, date: NaiveDate) -> (i32, i32) {
        let week = days_between(self.monday, date) / 7;
        (week / self.columns, week % self.columns)
    }

    fn part_top(&self, part: i32) -> f64 {
        self.top + f64::from(part) * self.part_height
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> i32 {
    to.num_days_from_ce() - from.num_days_from_ce()
}
