//! What stands above the axes: the exercise, what is shown, and what marks mean.

use irontrack_ports::{ChartPoint, LineChart};
use plotters::{
    element::TriangleMarker,
    style::{
        Color,
        text_anchor::{HPos, VPos},
    },
};

use super::plot::{self, Area, Problem, label, units};
use crate::{
    frame::Frame,
    palette::Palette,
    text,
    words::{metric, per, short_metric},
};

/// The size of the mark of a record, in pixels of a small chart.
pub const MARK: f64 = 5.0;

/// What a mark means.
const LEGEND: &str = "Record";

/// Draws it. The legend is there if there are records; it has its place first.
pub fn draw(
    area: &Area,
    chart: &LineChart,
    points: &[ChartPoint],
    frame: &Frame,
    palette: &Palette,
) -> Result<(), Problem> {
    let margin = frame.margin();
    let title = text::fit(&text::clean(&chart.exercise), frame.title_size() * text::BOLD, frame.room());
    area.draw_text(&title, &plot::title(palette.text, frame.title_size()), (units(margin), units(margin)))?;

    let top = frame.subtitle_top();
    let mut right = frame.right();
    if points.iter().any(|point| point.is_record) {
        let style = label(palette.label, frame.text_size(), HPos::Right, VPos::Top);
        area.draw_text(LEGEND, &style, (units(right), units(top)))?;
        right -= text::width(LEGEND, frame.text_size()) + 2.0 * MARK * frame.scale;
        let place = (units(right), units(top + frame.text_size() / 2.0));
        area.draw(&TriangleMarker::new(place, units(MARK * frame.scale), palette.record.rgb().filled()))?;
        right -= 4.0 * MARK * frame.scale;
    }
    let subtitle = subtitle(chart, frame.text_size(), right - margin);
    let style = label(palette.label, frame.text_size(), HPos::Left, VPos::Top);
    area.draw_text(&subtitle, &style, (units(margin), units(top)))
}

/// What is shown, in as many words as there is room for.
fn subtitle(chart: &LineChart, font_size: f64, room: f64) -> String {
    let long = format!("{} {}", metric(chart.metric), per(chart.bucket));
    let short = format!("{} {}", short_metric(chart.metric), per(chart.bucket));
    let fitting = [long, short.clone()].into_iter().find(|subtitle| text::width(subtitle, font_size) <= room);
    fitting.unwrap_or_else(|| text::fit(&short, font_size, room))
}
