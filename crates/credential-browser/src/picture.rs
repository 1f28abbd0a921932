//! Finds and reads a QR code in a picture.

use rqrr::PreparedImage;

/// The most pixels that are looked at: a photograph of twelve megapixels.
const MAX_PIXELS: usize = 12_000_000;

/// What a picture holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No code.
    Nothing,
    /// Something that has the corners of a code and cannot be read.
    Unreadable,
    /// A code's text.
    Text(String),
}

/// Looks for a QR code in a picture of four bytes a pixel (red, green, blue, opacity).
#[must_use]
pub fn read(pixels: &[u8], width: usize, height: usize) -> Found {
    let size = width
        .checked_mul(height)
        .filter(|count| (1..=MAX_PIXELS).contains(count));
    let Some(pixels) = size.and_then(|count| pixels.get(..count * 4)) else {
        return Found::Nothing;
    };
    let grey: Vec<u8> = pixels
        .as_chunks::<4>()
        .0
        .iter()
        .map(|[red, green, blue, _]| luma(*red, *green, *blue))
        .collect();
    let mut image =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let grids = image.detect_grids();
    // A picture may hold several codes: whichever can be read first.
    match grids.iter().find_map(|grid| grid.decode().ok()) {
        Some((_, text)) => Found::Text(text),
        None if grids.is_empty() => Found::Nothing,
        None => Found::Unreadable,
    }
}

/// How bright a colour is (ITU-R BT.601, in 256ths).
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29;
    (sum >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};

    fn picture(text: &str, scale: usize) -> (Vec<u8>, usize) {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("fits");
        let side = (code.width() + 8) * scale;
        let mut pixels = vec![255; side * side * 4];
        for y in 0..side {
            for x in 0..side {
                let at = |place: usize| {
                    (place / scale)
                        .checked_sub(4)
                        .filter(|it| *it < code.width())
                };
                if let (Some(column), Some(row)) = (at(x), at(y))
                    && code[(column, row)] == Color::Dark
                {
                    pixels[(y * side + x) * 4..][..3].fill(0);
                }
            }
        }
        (pixels, side)
    }

    #[test]
    fn a_code_of_a_live_form_s_size_is_read() {
        let text = format!("PT1:{}", "7BQ0 K".repeat(115));
        let (pixels, side) = picture(&text, 4);
        assert_eq!(read(&pixels, side, side), Found::Text(text));
    }

    #[test]
    fn a_code_whose_middle_is_covered_is_unreadable_and_not_nothing() {
        let (mut pixels, side) = picture(&format!("PT1:{}", "7BQ0 K".repeat(115)), 4);
        for y in side * 35 / 100..side * 75 / 100 {
            pixels[(y * side + side / 4) * 4..(y * side + side * 3 / 4) * 4].fill(255);
        }
        assert_eq!(read(&pixels, side, side), Found::Unreadable);
    }

    #[test]
    fn no_code_and_impossible_sizes_are_no_text() {
        assert_eq!(read(&vec![128; 100 * 100 * 4], 100, 100), Found::Nothing);
        assert_eq!(read(&[0; 16], 100, 100), Found::Nothing);
        assert_eq!(read(&[], 0, 0), Found::Nothing);
        assert_eq!(read(&[], usize::MAX, 2), Found::Nothing);
    }
}
