//! Axes, line and marks.

use irontrack_ports::{ChartPoint, LineChart};
use plotters::{
    chart::{ChartBuilder, ChartContext, LabelAreaPosition},
    coord::{Shift, cartesian::Cartesian2d},
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    element::{Circle, TriangleMarker},
    prelude::SVGBackend,
    series::LineSeries,
    style::{
        Color, FontFamily, FontStyle, IntoFont, TRANSPARENT, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    UNITS_PER_PIXEL, header,
    layout::{Layout, TICK},
    thinning::{marked, thinned},
};
use crate::{
    axis::{Axis, position, rounded},
    frame::Frame,
    palette::{Colour, Palette},
};

/// What the drawing is made on.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Why it could not be made.
pub type Problem = DrawingAreaErrorKind<std::io::Error>;

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>;

/// Font sizes of plotters are larger than those that it writes by this.
const PLOTTERS_FONT: f64 = 1.24;

/// Draws a chart with these points.
pub fn draw(
    drawing: &mut String,
    chart: &LineChart,
    points: &[ChartPoint],
    frame: &Frame,
    palette: &Palette,
) -> Result<(), Problem> {
    let [width, height] = [chart.size.width(), chart.size.height()].map(|side| u32::from(side) * UNITS_PER_PIXEL);
    let area = SVGBackend::with_string(drawing, (width, height)).into_drawing_area();
    area.fill(&palette.background.rgb())?;
    let layout = Layout::of(chart, points, frame);
    header::draw(&area, chart, points, frame, palette)?;
    let mut context = ChartBuilder::on(&area)
        .margin_top(units(layout.top))
        .margin_right(units(frame.width - frame.right()))
        .margin_left(units(frame.margin() / 2.0))
        .margin_bottom(units(frame.margin() / 2.0))
        .set_label_area_size(LabelAreaPosition::Left, units(layout.left - frame.margin() / 2.0))
        .set_label_area_size(LabelAreaPosition::Bottom, units(layout.bottom - frame.margin() / 2.0))
        .build_cartesian_2d(layout.x.clone(), layout.y.clone())?;
    draw_axes(&mut context, &layout, frame, palette)?;
    if points.is_empty() {
        let style = label(palette.label, frame.text_size(), HPos::Center, VPos::Center);
        let middle = |from: f64, to: f64| units(f64::midpoint(from, to));
        let place = (middle(layout.left, frame.right()), middle(layout.top, frame.height - layout.bottom));
        area.draw_text("Nothing to show", &style, place)?;
    } else {
        draw_points(&mut context, &layout, points, frame, palette)?;
    }
    area.present()
}

fn draw_axes(chart: &mut Chart, layout: &Layout, frame: &Frame, palette: &Palette) -> Result<(), Problem> {
    let style = |colour, size| label(colour, size, HPos::Left, VPos::Top);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(palette.grid.rgb().stroke_width(line_width(1.0, frame)))
        .light_line_style(TRANSPARENT)
        .axis_style(palette.axis.rgb().stroke_width(line_width(1.0, frame)))
        .set_all_tick_mark_size(units(TICK * frame.scale))
        .label_style(style(palette.label, frame.text_size()))
        .axis_desc_style(style(palette.label, frame.text_size()))
        .x_desc("Date")
        .y_desc(layout.value_label.as_str())
        .draw()
}

fn draw_points(
    chart: &mut Chart,
    layout: &Layout,
    points: &[ChartPoint],
    frame: &Frame,
    palette: &Palette,
) -> Result<(), Problem> {
    let length = layout.length(frame);
    let columns = usize::try_from(rounded(length)).unwrap_or(0);
    let place = |point: &ChartPoint| (position(point.start), point.value);
    let kept = thinned(points, columns, layout.column(frame));
    let count = u32::try_from(kept.len()).map_or(f64::MAX, f64::from);
    // Where many points stand close together, a thick line would cover everything.
    let thickness = if length / count < 2.0 { 1.2 } else { 2.0 };
    let line = palette.line.rgb().stroke_width(line_width(thickness, frame));
    chart.draw_series(LineSeries::new(kept.iter().map(place), line))?;
    if length / count >= 8.0 * frame.scale {
        let dot = |point| Circle::new(place(point), units(3.0 * frame.scale), palette.line.rgb().filled());
        chart.draw_series(kept.iter().map(dot))?;
    }
    draw_marks(chart, &marked(&kept, layout.column(frame)), length, frame, palette)
}

/// Marks records. Marks that stand close together are smaller.
fn draw_marks(
    chart: &mut Chart,
    records: &[ChartPoint],
    length: f64,
    frame: &Frame,
    palette: &Palette,
) -> Result<(), Problem> {
    let size = header::MARK * frame.scale;
    let is_crowded = u32::try_from(records.len()).map_or(f64::MAX, f64::from) * 2.5 * size > length;
    let mark = |size: f64, colour: Colour| {
        move |point: &ChartPoint| {
            TriangleMarker::new((position(point.start), point.value), units(size), colour.rgb().filled())
        }
    };
    if is_crowded {
        chart.draw_series(records.iter().map(mark(size * 0.6, palette.record)))?;
    } else {
        // The rims keep marks apart from the line. All of them come first: none may cover a mark.
        chart.draw_series(records.iter().map(mark(size * 1.5, palette.background)))?;
        chart.draw_series(records.iter().map(mark(size, palette.record)))?;
    }
    Ok(())
}

/// A style of bold text of that size in pixels.
pub fn title(colour: Colour, size: f64) -> TextStyle<'static> {
    let style = label(colour, size, HPos::Left, VPos::Top);
    TextStyle { font: style.font.style(FontStyle::Bold), ..style }
}

/// A style of text of that size in pixels.
pub fn label(colour: Colour, size: f64, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    let size = size * PLOTTERS_FONT * f64::from(UNITS_PER_PIXEL);
    (FontFamily::SansSerif, size).into_font().color(&colour.rgb()).pos(Pos::new(horizontal, vertical))
}

/// Pixels in units of the drawing.
pub fn units(pixels: f64) -> i32 {
    rounded(pixels * f64::from(UNITS_PER_PIXEL))
}

fn line_width(pixels: f64, frame: &Frame) -> u32 {
    units(pixels * frame.scale).unsigned_abs()
}
