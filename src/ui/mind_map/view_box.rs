//! Which part of a drawing is seen: arithmetic between pixels of the screen and drawing units.

/// Largest magnification against "everything fits".
const MOST: f64 = 40.0;
/// Units of text at which one reads comfortably, in pixels of the screen.
const READABLE_PIXELS_PER_UNIT: f64 = 1.1;

/// The place of the drawing on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    drawing: (f64, f64),
    /// Pixels a unit when everything fits.
    scale: f64,
}

impl Canvas {
    /// From where the browser drew the picture and the size of the drawing.
    pub fn new(place: &web_sys::DomRect, drawing: (f64, f64)) -> Self {
        Self::at(
            (place.left(), place.top()),
            (place.width(), place.height()),
            drawing,
        )
    }

    fn at(corner: (f64, f64), size: (f64, f64), drawing: (f64, f64)) -> Self {
        let scale = (size.0 / drawing.0.max(1.0))
            .min(size.1 / drawing.1.max(1.0))
            .max(1e-6);
        Self {
            left: corner.0,
            top: corner.1,
            width: size.0,
            height: size.1,
            drawing,
            scale,
        }
    }

    /// A length in pixels as units of the picture before the view is applied.
    pub fn length(self, pixels: (f64, f64)) -> (f64, f64) {
        (pixels.0 / self.scale, pixels.1 / self.scale)
    }

    /// A point of the screen in units of the picture. The drawing stands in the middle.
    pub fn point(self, pixels: (f64, f64)) -> (f64, f64) {
        let free_x = (self.width - self.drawing.0 * self.scale) / 2.0;
        let free_y = (self.height - self.drawing.1 * self.scale) / 2.0;
        self.length((pixels.0 - self.left - free_x, pixels.1 - self.top - free_y))
    }

    /// The middle of the picture.
    pub fn middle(self) -> (f64, f64) {
        (self.drawing.0 / 2.0, self.drawing.1 / 2.0)
    }

    /// Half of what is seen, in units.
    fn half(self) -> (f64, f64) {
        (
            self.width / self.scale / 2.0,
            self.height / self.scale / 2.0,
        )
    }
}

/// How the drawing is moved and magnified: `drawn = at * scale + (x, y)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    x: f64,
    y: f64,
    scale: f64,
}

impl Default for View {
    /// Everything fits.
    fn default() -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            scale: 1.0,
        }
    }
}

impl View {
    /// A view in which text can be read, with a point of the drawing in the middle.
    pub fn readable(canvas: Canvas, at: (f64, f64)) -> Self {
        let scale = (READABLE_PIXELS_PER_UNIT / canvas.scale).max(1.0);
        Self {
            scale,
            ..Self::default()
        }
        .show(canvas, at)
    }

    /// The same magnification with a point of the drawing in the middle.
    pub fn show(self, canvas: Canvas, at: (f64, f64)) -> Self {
        let middle = canvas.middle();
        Self {
            x: middle.0 - at.0 * self.scale,
            y: middle.1 - at.1 * self.scale,
            ..self
        }
        .within(canvas)
    }

    /// A point in the middle, magnified if text could not be read otherwise.
    pub fn show_readable(self, canvas: Canvas, at: (f64, f64)) -> Self {
        if self.scale * canvas.scale < READABLE_PIXELS_PER_UNIT * 0.6 {
            Self::readable(canvas, at)
        } else {
            self.show(canvas, at)
        }
    }

    /// Moves by units of the picture.
    pub fn pan(self, x: f64, y: f64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
    }

    /// Magnifies; `around` stays where it is.
    pub fn zoom(self, factor: f64, around: (f64, f64)) -> Self {
        let scale = (self.scale * factor).clamp(1.0, MOST);
        let factor = scale / self.scale;
        Self {
            x: around.0 - (around.0 - self.x) * factor,
            y: around.1 - (around.1 - self.y) * factor,
            scale,
        }
    }

    /// Never lets the drawing out of sight: its edges stop at the edges of the picture.
    pub fn within(self, canvas: Canvas) -> Self {
        let keep = |offset: f64, drawing: f64, half: f64| {
            let size = drawing * self.scale;
            let (start, end) = (drawing / 2.0 - half, drawing / 2.0 + half);
            if size <= end - start {
                // Smaller than the picture: in the middle.
                (drawing - size) / 2.0
            } else {
                offset.clamp(end - size, start)
            }
        };
        let half = canvas.half();
        Self {
            x: keep(self.x, canvas.drawing.0, half.0),
            y: keep(self.y, canvas.drawing.1, half.1),
            ..self
        }
    }

    /// As an SVG transform.
    pub fn transform(self) -> String {
        let (x, y, scale) = (decimal(self.x), decimal(self.y), decimal(self.scale));
        format!("translate({x} {y}) scale({scale})")
    }
}

/// A number with three decimals, without the standard library's writer of fractions, which is
/// larger than this whole file.
fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let thousandths = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phone showing a drawing six times as wide.
    fn canvas() -> Canvas {
        Canvas::at((16.0, 100.0), (358.0, 500.0), (2148.0, 900.0))
    }

    fn is_close(left: (f64, f64), right: (f64, f64)) -> bool {
        (left.0 - right.0).abs() < 1e-6 && (left.1 - right.1).abs() < 1e-6
    }

    fn drawn(view: View, at: (f64, f64)) -> (f64, f64) {
        (at.0 * view.scale + view.x, at.1 * view.scale + view.y)
    }

    #[test]
    fn the_point_under_the_finger_stays_when_zooming() {
        let view = View::default().zoom(3.0, (700.0, 300.0));
        let before = ((700.0 - view.x) / view.scale, (300.0 - view.y) / view.scale);
        let after = view.zoom(1.7, (700.0, 300.0));
        assert!(is_close(drawn(after, before), (700.0, 300.0)));
    }

    #[test]
    fn a_view_is_never_smaller_than_everything_and_never_endless() {
        let view = View::default().zoom(0.1, (0.0, 0.0));
        assert!(is_close((view.scale, 0.0), (1.0, 0.0)));
        let mut view = View::default();
        for _ in 0..100 {
            view = view.zoom(2.0, (10.0, 10.0));
        }
        assert!(view.scale <= MOST);
    }

    #[test]
    fn the_drawing_cannot_be_pushed_out_of_sight() {
        let view = View::readable(canvas(), (75.0, 450.0));
        let far = view.pan(1e9, -1e9).within(canvas());
        let half = canvas().half();
        let left = canvas().middle().0 - half.0;
        assert!(drawn(far, (0.0, 0.0)).0 <= left + 1e-6);
        assert!(far.y.is_finite());
    }

    #[test]
    fn readable_shows_the_wanted_point_and_legible_text() {
        let canvas = canvas();
        let view = View::readable(canvas, (1074.0, 450.0));
        assert!(is_close(drawn(view, (1074.0, 450.0)), canvas.middle()));
        assert!((view.scale * canvas.scale - READABLE_PIXELS_PER_UNIT).abs() < 1e-6);
    }

    #[test]
    fn pixels_and_units_agree_in_the_middle() {
        let canvas = canvas();
        let middle = (16.0 + 358.0 / 2.0, 100.0 + 500.0 / 2.0);
        assert!(is_close(canvas.point(middle), canvas.middle()));
    }

    #[test]
    fn decimals_keep_sign_and_places() {
        assert_eq!(decimal(-0.0626), "-0.063");
        assert_eq!(decimal(12.5), "12.500");
        assert_eq!(decimal(-1234.0), "-1234.000");
    }
}
