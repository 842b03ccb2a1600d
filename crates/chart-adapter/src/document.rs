//! The document around a drawing.

use std::fmt::Write;

use irontrack_ports::ChartSize;

use crate::text;

/// What those read or hear who do not see the chart.
pub struct Description {
    /// A short name.
    pub title: String,
    /// What is to be seen.
    pub text: String,
}

/// A document of that size around a drawing: elements of SVG, whose unit is a pixel divided by `units_per_pixel`.
pub fn document(size: ChartSize, units_per_pixel: u32, description: &Description, drawing: &str) -> String {
    let [width, height] = [size.width(), size.height()];
    let [view_width, view_height] = [width, height].map(|side| u32::from(side) * units_per_pixel);
    let [title, description] = [&description.title, &description.text].map(|text| escaped(&text::clean(text)));
    let mut document = String::with_capacity(drawing.len() + 1024);
    // Writing to a string does not fail.
    let _written = write!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {view_width} {view_height}\" lang=\"en\" role=\"img\" \
         aria-labelledby=\"chart-title chart-description\">\n\
         <title id=\"chart-title\">{title}</title>\n\
         <desc id=\"chart-description\">{description}</desc>\n\
         <g stroke-linejoin=\"round\" stroke-linecap=\"round\">\n{drawing}</g>\n</svg>\n"
    );
    document
}

/// A text that is one, wherever it stands in the document.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
