//! Colours. Text has a contrast of at least 4.5 to the background, lines and marks of at least 3 (WCAG 2.2, 1.4.3 and
//! 1.4.11), and no meaning is in a hue alone.

use std::fmt;

use irontrack_ports::ChartTheme;
use plotters::style::RGBColor;

/// A colour, which is written as `#0b62c4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(u8, u8, u8);

impl Colour {
    const fn new(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self(red, green, blue)
    }

    /// The same for plotters.
    pub const fn rgb(self) -> RGBColor {
        RGBColor(self.0, self.1, self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The colours of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Behind everything.
    pub background: Colour,
    /// Titles.
    pub text: Colour,
    /// Labels.
    pub label: Colour,
    /// Axes.
    pub axis: Colour,
    /// Lines across the chart.
    pub grid: Colour,
    /// The line of the values.
    pub line: Colour,
    /// Marks of records.
    pub record: Colour,
    /// Days: without training, and then the more the stronger.
    pub levels: [Colour; 5],
}

/// The colours of a theme.
pub const fn palette(theme: ChartTheme) -> Palette {
    match theme {
        ChartTheme::Light => Palette {
            background: Colour::new(0xff_ff_ff),
            text: Colour::new(0x1a_20_27),
            label: Colour::new(0x4f_5b_67),
            axis: Colour::new(0x84_90_9c),
            grid: Colour::new(0xe1_e6_eb),
            line: Colour::new(0x0b_62_c4),
            record: Colour::new(0xb3_40_0b),
            levels: [
                Colour::new(0xe9_ed_f2),
                Colour::new(0xa9_cc_f2),
                Colour::new(0x5f_9d_e4),
                Colour::new(0x2a_6c_c0),
                Colour::new(0x0b_3a_80),
            ],
        },
        ChartTheme::Dark => Palette {
            background: Colour::new(0x0f_14_1a),
            text: Colour::new(0xe8_ed_f2),
            label: Colour::new(0xa6_b1_bd),
            axis: Colour::new(0x6b_77_84),
            grid: Colour::new(0x26_2f_3a),
            line: Colour::new(0x5a_a9_ff),
            record: Colour::new(0xff_a6_57),
            levels: [
                Colour::new(0x1e_26_30),
                Colour::new(0x1b_42_73),
                Colour::new(0x24_68_b0),
                Colour::new(0x4d_9b_ee),
                Colour::new(0xa9_d3_ff),
            ],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(colour: Colour) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn everything_can_be_told_from_the_background() {
        for theme in [ChartTheme::Light, ChartTheme::Dark] {
            let palette = palette(theme);
            for (colour, least) in [
                (palette.text, 7.0),
                (palette.label, 4.5),
                (palette.axis, 3.0),
                (palette.line, 3.0),
                (palette.record, 3.0),
                (palette.levels[4], 4.5),
            ] {
                let contrast = contrast(colour, palette.background);
                assert!(contrast >= least, "{theme:?}: {colour} has {contrast:.2}, needs {least}");
            }
            for levels in palette.levels.windows(2) {
                let contrast = contrast(levels[0], levels[1]);
                assert!(contrast >= 1.3, "{theme:?}: {levels:?} differ by {contrast:.2} only");
            }
        }
    }
}
