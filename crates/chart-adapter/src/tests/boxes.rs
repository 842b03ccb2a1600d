//! Where texts are.

use std::fmt;

use roxmltree::{Document, Node};

use crate::text;

/// The box of a text in pixels.
struct TextBox {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl fmt::Display for TextBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, left, right, top, bottom } = self;
        write!(f, "{text:?} (x {left:.1} to {right:.1}, y {top:.1} to {bottom:.1})")
    }
}

/// Fails if texts touch one another or leave the chart.
pub fn check(document: &Document) {
    let root = document.root_element();
    let side = |name| root.attribute(name).unwrap().parse::<f64>().unwrap();
    let (width, height) = (side("width"), side("height"));
    let units = root.attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse::<f64>().unwrap() / width;
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    let boxes: Vec<TextBox> = texts.map(|node| text_box(node, units)).collect();
    for (index, one) in boxes.iter().enumerate() {
        let is_inside = one.left >= -1.0 && one.right <= width + 1.0 && one.top >= -1.0 && one.bottom <= height + 1.0;
        assert!(is_inside, "{one} leaves {width} x {height}");
        for other in &boxes[index + 1..] {
            let is_apart = one.right <= other.left
                || other.right <= one.left
                || one.bottom <= other.top
                || other.bottom <= one.top;
            assert!(is_apart, "in {width} x {height}: {one} and {other} overlap");
        }
    }
}

fn text_box(node: Node, units: f64) -> TextBox {
    let number = |name: &str| node.attribute(name).map_or(0.0, |text| text.parse::<f64>().unwrap()) / units;
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let text = node.text().unwrap_or_default().trim().to_owned();
    let bold = if node.attribute("font-weight").is_some() { text::BOLD } else { 1.0 };
    let width = text::width(&text, size) * bold;
    let baseline = y + size
        * match node.attribute("dy") {
            None => 0.0,
            Some("0.76em") => 0.76,
            Some("0.5ex") => 0.27,
            Some("-0.5ex") => -0.27,
            other => panic!("a shift of {other:?}"),
        };
    let left = match node.attribute("text-anchor") {
        None | Some("start") => x,
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        other => panic!("an anchor {other:?}"),
    };
    let (right, top, bottom) = (left + width, baseline - size * 0.76, baseline + size * 0.22);
    match node.attribute("transform") {
        None => TextBox { text, left, right, top, bottom },
        // Turned to the left around its place: what was to the right is above.
        Some(turned) if turned.starts_with("rotate(270") => {
            TextBox { text, left: x + (top - y), right: x + (bottom - y), top: y - (right - x), bottom: y - (left - x) }
        }
        other => panic!("a transformation {other:?}"),
    }
}
