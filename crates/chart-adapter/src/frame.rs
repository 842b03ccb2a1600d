//! How large things are, and where they may stand.

use irontrack_ports::ChartSize;

/// The height of a line of text as part of the font size.
const LINE: f64 = 1.3;

/// Sizes in pixels. What is shown large gets larger texts and lines as well.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The width of the chart.
    pub width: f64,
    /// The height of the chart.
    pub height: f64,
    /// By how much everything is larger than in a small chart.
    pub scale: f64,
}

impl Frame {
    /// The sizes for a chart of that size.
    pub fn new(size: ChartSize) -> Self {
        let [width, height] = [size.width(), size.height()].map(f64::from);
        Self { width, height, scale: (width / 800.0).min(height / 450.0).clamp(1.0, 4.0) }
    }

    /// The space along the edges.
    pub fn margin(&self) -> f64 {
        12.0 * self.scale
    }

    /// Where texts have to end.
    pub fn right(&self) -> f64 {
        self.width - self.margin()
    }

    /// How wide a text in the frame may be.
    pub fn room(&self) -> f64 {
        self.width - 2.0 * self.margin()
    }

    /// The font size of the title.
    pub fn title_size(&self) -> f64 {
        16.0 * self.scale
    }

    /// The font size of all other texts.
    pub fn text_size(&self) -> f64 {
        12.0 * self.scale
    }

    /// Where the line of text below the title begins.
    pub fn subtitle_top(&self) -> f64 {
        self.margin() + self.title_size() * LINE
    }

    /// Where the space below title and subtitle begins.
    pub fn header_bottom(&self) -> f64 {
        self.subtitle_top() + self.text_size() * LINE
    }

    /// The height of a line of text.
    pub fn line_height(&self) -> f64 {
        self.text_size() * LINE
    }
}
