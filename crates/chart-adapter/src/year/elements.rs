//! Elements of SVG, as they are written. Writing to a string does not fail.

use std::fmt::Write;

use crate::{document::escaped, palette::Colour};

/// Where a text stands, seen from its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// To the left of it.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// The font size.
    pub size: f64,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// Where it stands.
    pub anchor: Anchor,
}

/// Writes a text, whose baseline is at that height.
pub fn text(drawing: &mut String, label: &Label, (x, baseline): (f64, f64), text: &str) {
    let weight = if label.is_bold { " font-weight=\"bold\"" } else { "" };
    let anchor = if label.anchor == Anchor::End { " text-anchor=\"end\"" } else { "" };
    let _written = writeln!(
        drawing,
        "<text x=\"{}\" y=\"{}\" font-family=\"sans-serif\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>",
        number(x),
        number(baseline),
        number(label.size),
        label.colour,
        escaped(text)
    );
}

/// Writes a square with its upper left corner and a name, in the colour of its group if it has none of its own.
pub fn square(drawing: &mut String, (x, y): (f64, f64), side: f64, colour: Option<Colour>, name: &str) {
    let fill = colour.map_or_else(String::new, |colour| format!(" fill=\"{colour}\""));
    let (x, y, side, name) = (number(x), number(y), number(side), escaped(name));
    let _written = writeln!(drawing, "<path{fill} d=\"M{x} {y}h{side}v{side}h-{side}z\"><title>{name}</title></path>");
}

/// Writes elements of one colour.
pub fn group_of(drawing: &mut String, colour: Colour, elements: &str) {
    let _written = writeln!(drawing, "<g fill=\"{colour}\">\n{elements}</g>");
}

/// A length with at most one decimal.
pub fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
