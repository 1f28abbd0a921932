//! Breaks text into lines without asking the browser: SVG has no line breaking of its own, and the
//! layout must come out the same in a test, in a window and on paper.

/// The width of a character in em, as the wider ones among system fonts draw it: a line that ends
/// early is better than one that runs out of its box.
fn width_of(character: char) -> f32 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' | '(' | ')' => 0.38,
        'm' | 'w' | 'M' | 'W' | '—' => 0.95,
        'A'..='Z' | '0'..='9' | '&' | '%' => 0.7,
        character if character.is_ascii() => 0.61,
        'À'..='ɏ' => 0.61,
        _ => 1.0,
    }
}

/// Characters that must not begin a line (避头).
fn may_not_begin_a_line(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '”'
            | '’'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
    )
}

/// Whether a line may break before `next` when `previous` stands before it.
fn may_break_between(previous: char, next: char) -> bool {
    if may_not_begin_a_line(next) || matches!(previous, '（' | '《' | '「' | '“' | '(') {
        return false;
    }
    previous == ' '
        || !(previous.is_alphanumeric() && width_of(previous) < 1.0 && width_of(next) < 1.0)
}

/// Breaks `text` into lines of at most `em` em. A word longer than a line stands alone on it.
pub fn wrap(text: &str, em: f32) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < characters.len() {
        let mut end = start;
        let mut width = 0.0;
        let mut last_break = None;
        while end < characters.len() {
            width += width_of(characters[end]);
            if width > em && end > start {
                break;
            }
            end += 1;
            if end < characters.len() && may_break_between(characters[end - 1], characters[end]) {
                last_break = Some(end);
            }
        }
        if end < characters.len() {
            end = last_break.unwrap_or_else(|| {
                // No place to break: run on to the next one rather than cut a word.
                (end..characters.len())
                    .find(|&at| may_break_between(characters[at - 1], characters[at]))
                    .unwrap_or(characters.len())
            });
        }
        let line: String = characters[start..end].iter().collect();
        lines.push(line.trim().to_owned());
        start = end;
        while characters.get(start) == Some(&' ') {
            start += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_but_not_before_punctuation() {
        assert_eq!(
            wrap("您的配偶户口在哪里？", 5.0),
            ["您的配偶户", "口在哪里？"]
        );
        assert_eq!(wrap("您的配偶，户口", 4.0), ["您的配", "偶，户口"]);
    }

    #[test]
    fn english_breaks_between_words() {
        assert_eq!(
            wrap("Where was the child born?", 9.0),
            ["Where was the", "child born?"]
        );
    }

    #[test]
    fn nothing_is_lost_or_endless() {
        for text in [
            "",
            "a",
            "abcdefghijklmnopqrstuvwxyz",
            "（（（（",
            "，，，，",
            "户口 hukou 户口",
        ] {
            for em in [0.1, 1.0, 3.0, 50.0] {
                let joined: String = wrap(text, em).concat();
                let squeezed = |text: &str| text.replace(' ', "");
                assert_eq!(squeezed(&joined), squeezed(text));
            }
        }
    }
}
