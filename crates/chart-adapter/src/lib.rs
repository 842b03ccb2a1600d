//! Charts as SVG documents.
//!
//! plotters draws axes and lines. What it does not know is here: how wide a text will be without a font, which days
//! and months are named, which of many points can be seen, and what makes a document accessible. A year is cells and
//! names alone, which are written directly. All documents are made by `document`, so that all of them are escaped in
//! one place and carry a title and a description.

mod axis;
mod document;
mod frame;
mod line;
mod palette;
#[cfg(test)]
mod tests;
mod text;
mod words;
mod year;

use irontrack_ports::{ChartError, Charts, LineChart, YearChart};

/// Draws charts as SVG documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct SvgCharts;

impl Charts for SvgCharts {
    fn line(&self, chart: &LineChart) -> Result<String, ChartError> {
        line::draw(chart)
    }

    fn year(&self, chart: &YearChart) -> Result<String, ChartError> {
        Ok(year::draw(chart))
    }
}
