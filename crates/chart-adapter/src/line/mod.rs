//! The course of one exercise as a line.

mod description;
mod header;
mod layout;
mod plot;
mod thinning;

use irontrack_ports::{ChartError, ChartPoint, LineChart};

use crate::{document::document, frame::Frame, palette::palette};

/// Coordinates of plotters are whole numbers. A pixel has so many units, so that a line that rises slowly has no stairs.
const UNITS_PER_PIXEL: u32 = 10;

/// Draws the chart.
pub fn draw(chart: &LineChart) -> Result<String, ChartError> {
    let points = drawable(&chart.points);
    let (frame, palette) = (Frame::new(chart.size), palette(chart.theme));
    let mut drawing = String::new();
    plot::draw(&mut drawing, chart, &points, &frame, &palette).map_err(|error| ChartError(error.to_string()))?;
    let description = description::of(chart, &points);
    Ok(document(chart.size, UNITS_PER_PIXEL, &description, &drawing))
}

/// The points in their order, without what is no number.
fn drawable(points: &[ChartPoint]) -> Vec<ChartPoint> {
    let mut points: Vec<ChartPoint> = points.iter().filter(|point| point.value.is_finite()).copied().collect();
    points.sort_by_key(|point| point.start);
    points
}

/// The points with the least and the greatest value, the first ones of several.
fn extremes(points: &[ChartPoint]) -> Option<(ChartPoint, ChartPoint)> {
    let first = *points.first()?;
    Some(points.iter().fold((first, first), |(least, greatest), point| {
        let least = if point.value < least.value { *point } else { least };
        let greatest = if point.value > greatest.value { *point } else { greatest };
        (least, greatest)
    }))
}
