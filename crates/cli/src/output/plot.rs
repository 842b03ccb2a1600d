//! Lines over time, in characters.

/// The dots of a character of Braille, by row and column: eight in each character.
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// The first character of Braille, which has no dot.
const BLANK: u32 = 0x2800;

/// A line through points.
#[derive(Debug)]
pub struct Plot {
    /// The dots of each character, row by row.
    rows: Vec<Vec<u32>>,
    least: String,
    greatest: String,
}

impl Plot {
    /// Draws a line through points, in their order, on so many columns and rows of characters. `label` writes the least
    /// and the greatest value.
    #[must_use]
    pub fn of(points: &[(f64, f64)], (columns, rows): (usize, usize), label: impl Fn(f64) -> String) -> Self {
        let span = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)))
        };
        let (left, right) = span(&mut points.iter().map(|point| point.0));
        let (least, greatest) = span(&mut points.iter().map(|point| point.1));
        let mut plot = Self { rows: vec![vec![0; columns]; rows], least: label(least), greatest: label(greatest) };
        let part = |value: f64, from: f64, to: f64| if to > from { (value - from) / (to - from) } else { 0.5 };
        let place = |&(x, y): &(f64, f64)| {
            (scaled(part(x, left, right), columns * 2), scaled(1.0 - part(y, least, greatest), rows * 4))
        };
        let places: Vec<(usize, usize)> = points.iter().map(place).collect();
        for &(x, y) in &places {
            plot.dot(x, y);
        }
        for pair in places.windows(2) {
            plot.line(pair[0], pair[1]);
        }
        plot
    }

    /// The lines of the plot: values at the left, and below its beginning and its end.
    #[must_use]
    pub fn lines(&self, first: &str, last: &str) -> Vec<String> {
        let margin = self.least.chars().count().max(self.greatest.chars().count());
        let end = self.rows.len().saturating_sub(1);
        let label = |row: usize| match row {
            // Of a single value there is one label.
            row if row == end && self.least != self.greatest => self.least.as_str(),
            0 => self.greatest.as_str(),
            _ => "",
        };
        let text = |dots: &Vec<u32>| dots.iter().filter_map(|dots| char::from_u32(BLANK + dots)).collect::<String>();
        let rows = self.rows.iter().enumerate();
        let mut lines: Vec<String> =
            rows.map(|(row, dots)| format!("{:>margin$} │{}", label(row), text(dots))).collect();
        let columns = self.rows.first().map_or(0, Vec::len);
        lines.push(format!("{:margin$} └{}", "", "─".repeat(columns)));
        let space = columns.saturating_sub(first.chars().count());
        let last = if first == last { "" } else { last };
        lines.push(format!("{:margin$}  {first}{last:>space$}", ""));
        lines
    }

    fn dot(&mut self, x: usize, y: usize) {
        if let Some(dots) = self.rows.get_mut(y / 4).and_then(|row| row.get_mut(x / 2)) {
            *dots |= DOTS[y % 4][x % 2];
        }
    }

    /// Dots in a line, as many as it is long or high.
    fn line(&mut self, (from_x, from_y): (usize, usize), (to_x, to_y): (usize, usize)) {
        let steps = from_x.abs_diff(to_x).max(from_y.abs_diff(to_y));
        // A coordinate after so many steps, rounded.
        let after = |step: usize, from: usize, to: usize| {
            (from * (steps - step) * 2 + to * step * 2 + steps) / (steps * 2).max(1)
        };
        for step in 1..steps {
            self.dot(after(step, from_x, to_x), after(step, from_y, to_y));
        }
    }
}

/// Which of so many dots stands for a part of the whole.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "there are few dots, and a conversion to an integer saturates"
)]
fn scaled(part: f64, dots: usize) -> usize {
    (part * dots.saturating_sub(1) as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(points: &[(f64, f64)], size: (usize, usize)) -> Vec<String> {
        Plot::of(points, size, |value| format!("{value} kg")).lines("Jan", "Dec")
    }

    #[test]
    fn a_line_rises_from_corner_to_corner() {
        let drawn = lines(&[(0.0, 5.0), (15.0, 12.5)], (8, 4));
        let expected = [
            "12.5 kg │⠀⠀⠀⠀⠀⠀⡠⠊",
            "        │⠀⠀⠀⠀⡠⠊⠀⠀",
            "        │⠀⠀⡠⠊⠀⠀⠀⠀",
            "   5 kg │⡠⠊⠀⠀⠀⠀⠀⠀",
            "        └────────",
            "         Jan  Dec",
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_single_value_stands_in_the_middle() {
        let drawn = lines(&[(3.0, 100.0)], (5, 3));
        assert_eq!(drawn.iter().filter(|line| line.contains("100 kg")).count(), 1, "{drawn:?}");
        let dots: Vec<&String> = drawn.iter().filter(|line| line.chars().any(|c| ('⠁'..='⣿').contains(&c))).collect();
        assert_eq!(dots.len(), 1, "{drawn:?}");
        assert!(std::ptr::eq(dots[0], &raw const drawn[1]), "{drawn:?}");
    }

    #[test]
    fn nothing_is_drawn_outside_and_no_point_is_an_empty_plot() {
        let points: Vec<(f64, f64)> = (0..1000).map(|x| (f64::from(x), f64::from(x * 7919 % 101))).collect();
        let drawn = lines(&points, (30, 5));
        assert_eq!(drawn.len(), 7);
        assert!(drawn[..5].iter().all(|line| line.chars().count() == 8 + 30), "{drawn:?}");
        assert!(lines(&[], (4, 1))[0].ends_with("│⠀⠀⠀⠀"));
    }
}
