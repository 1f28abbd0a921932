//! The language of rules, as content writes it.
//!
//! ```text
//! always
//! question == "choice"      question != "choice"      question in ["a", "b"]
//! not X      X and Y      X or Y      ( X )           not before and, and before or
//! ```

use std::fmt;
use yichuang_contract::guide::Condition;

/// Where and why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Byte position in the expression.
    pub position: usize,
    /// What is wrong, one English sentence for the editor of the content.
    pub message: String,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "at byte {}: {}", self.position, self.message)
    }
}

impl std::error::Error for ExpressionError {}

/// Reads an expression.
///
/// # Errors
/// The first place that is not an expression, with what was expected there.
pub fn parse(text: &str) -> Result<Condition, ExpressionError> {
    let mut parser = Parser {
        text,
        position: 0,
        depth: 0,
    };
    let condition = parser.any()?;
    parser.space();
    if parser.position < text.len() {
        return Err(parser.fail("expected `and`, `or` or the end of the expression"));
    }
    Ok(condition)
}

/// Writes a condition as an expression that [`parse`] reads back to the same meaning.
#[must_use]
pub fn print(condition: &Condition) -> String {
    match condition {
        Condition::Always => "always".into(),
        Condition::Is { question, choices } if choices.len() == 1 => {
            format!("{question} == \"{}\"", choices[0])
        }
        Condition::Is { question, choices } => {
            let list: Vec<String> = choices.iter().map(|id| format!("\"{id}\"")).collect();
            format!("{question} in [{}]", list.join(", "))
        }
        Condition::Not(inner) => format!("not ({})", print(inner)),
        Condition::All(parts) => join(parts, " and "),
        Condition::Any(parts) => join(parts, " or "),
    }
}

fn join(parts: &[Condition], word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(_) | Condition::Any(_) => format!("({})", print(part)),
            _ => print(part),
        })
        .collect();
    parts.join(word)
}

/// Nesting that no rule written by a person reaches; a deeper one would exhaust the stack.
const DEEPEST: usize = 64;

struct Parser<'text> {
    text: &'text str,
    position: usize,
    depth: usize,
}

impl<'text> Parser<'text> {
    fn fail(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError {
            position: self.position,
            message: message.into(),
        }
    }

    fn rest(&self) -> &'text str {
        &self.text[self.position..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
    }

    /// Steps over the sign if it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(sign);
        if found {
            self.position += sign.len();
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), ExpressionError> {
        if self.takes(sign) {
            Ok(())
        } else {
            Err(self.fail(format!("expected `{sign}`")))
        }
    }

    /// The identifier that comes next, without stepping over it.
    fn word(&mut self) -> &'text str {
        self.space();
        let rest = self.rest();
        let end = rest
            .find(|it: char| !(it.is_ascii_alphanumeric() || it == '_' || it == '-'))
            .unwrap_or(rest.len());
        &rest[..end]
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.word() == word;
        if found {
            self.position += word.len();
        }
        found
    }

    fn any(&mut self) -> Result<Condition, ExpressionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fail("nested too deeply; write the rule more simply"));
        }
        let first = self.all()?;
        let mut parts = vec![first];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(single_or(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, ExpressionError> {
        let first = self.not()?;
        let mut parts = vec![first];
        while self.takes_word("and") {
            parts.push(self.not()?);
        }
        Ok(single_or(parts, Condition::All))
    }

    fn not(&mut self) -> Result<Condition, ExpressionError> {
        let mut is_negated = false;
        while self.takes_word("not") {
            is_negated = !is_negated;
        }
        let inner = self.simple()?;
        Ok(if is_negated {
            Condition::Not(Box::new(inner))
        } else {
            inner
        })
    }

    fn simple(&mut self) -> Result<Condition, ExpressionError> {
        if self.takes("(") {
            let inner = self.any()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let word = self.word();
        match word {
            "" => return Err(self.fail("expected a question's id, `not`, `always` or `(`")),
            "and" | "or" | "in" | "not" => {
                return Err(self.fail(format!("`{word}` stands where a question's id is expected")));
            }
            _ => self.position += word.len(),
        }
        if word == "always" {
            return Ok(Condition::Always);
        }
        let question = word.to_owned();
        if self.takes("==") {
            let choices = vec![self.quoted()?];
            Ok(Condition::Is { question, choices })
        } else if self.takes("!=") {
            let choices = vec![self.quoted()?];
            Ok(Condition::Not(Box::new(Condition::Is {
                question,
                choices,
            })))
        } else if self.takes_word("in") {
            let choices = self.list()?;
            Ok(Condition::Is { question, choices })
        } else {
            Err(self.fail(format!("expected `==`, `!=` or `in` after `{question}`")))
        }
    }

    fn list(&mut self) -> Result<Vec<String>, ExpressionError> {
        self.expect("[")?;
        let mut choices = vec![self.quoted()?];
        while self.takes(",") {
            self.space();
            if self.rest().starts_with(']') {
                break;
            }
            choices.push(self.quoted()?);
        }
        self.expect("]")?;
        Ok(choices)
    }

    fn quoted(&mut self) -> Result<String, ExpressionError> {
        if !self.takes("\"") {
            return Err(self.fail("expected a choice's id in double quotes"));
        }
        let Some(end) = self.rest().find('"') else {
            return Err(self.fail("the closing double quote is missing"));
        };
        let id = &self.rest()[..end];
        if id.is_empty() {
            return Err(self.fail("a choice's id cannot be empty"));
        }
        self.position += end + 1;
        Ok(id.to_owned())
    }
}

fn single_or(mut parts: Vec<Condition>, group: fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        group(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is(question: &str, choices: &[&str]) -> Condition {
        Condition::Is {
            question: question.into(),
            choices: choices.iter().map(|&id| id.into()).collect(),
        }
    }

    #[test]
    fn not_binds_closer_than_and_and_closer_than_or() {
        assert_eq!(
            parse(r#"a == "1" or not b == "2" and c in ["3", "4",]"#).unwrap(),
            Condition::Any(vec![
                is("a", &["1"]),
                Condition::All(vec![
                    Condition::Not(Box::new(is("b", &["2"]))),
                    is("c", &["3", "4"]),
                ]),
            ])
        );
    }

    #[test]
    fn parentheses_change_the_order() {
        assert_eq!(
            parse(r#"(a == "1" or b != "2") and always"#).unwrap(),
            Condition::All(vec![
                Condition::Any(vec![
                    is("a", &["1"]),
                    Condition::Not(Box::new(is("b", &["2"]))),
                ]),
                Condition::Always,
            ])
        );
    }

    #[test]
    fn a_question_may_begin_with_a_word_of_the_language() {
        assert_eq!(parse(r#"notary == "x""#).unwrap(), is("notary", &["x"]));
        assert_eq!(parse(r#"order in ["x"]"#).unwrap(), is("order", &["x"]));
    }

    #[test]
    fn an_error_says_where_and_what() {
        for (text, position, part) in [
            ("", 0, "expected a question"),
            ("a", 1, "expected `==`"),
            ("a == b", 5, "in double quotes"),
            (r#"a == "b"#, 6, "closing double quote"),
            (r#"a == "b" c"#, 9, "expected `and`"),
            (r#"(a == "b""#, 9, "expected `)`"),
            (r#"a in []"#, 6, "in double quotes"),
            (r#"a in ["b" "c"]"#, 10, "expected `]`"),
            (r#"and a == "b""#, 0, "`and` stands"),
            (r#"户 == "b""#, 0, "expected a question"),
            (r#"a == """#, 6, "cannot be empty"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.position, position, "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_not_a_crash() {
        let text = format!("{}always", "(".repeat(100_000));
        assert!(parse(&text).unwrap_err().message.contains("deeply"));
    }

    fn conditions() -> impl Strategy<Value = Condition> {
        let leaf = prop_oneof![
            Just(Condition::Always),
            ("[a-c]", prop::collection::vec("[x-z][0-9]?", 1..3))
                .prop_map(|(question, choices)| Condition::Is { question, choices }),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|it| Condition::Not(Box::new(it))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
                prop::collection::vec(inner, 2..4).prop_map(Condition::Any),
            ]
        })
    }

    /// `not (not X)` is read as `X`, which means the same.
    fn without_double_not(condition: Condition) -> Condition {
        match condition {
            Condition::Not(inner) => match without_double_not(*inner) {
                Condition::Not(twice) => *twice,
                other => Condition::Not(Box::new(other)),
            },
            Condition::All(parts) => {
                Condition::All(parts.into_iter().map(without_double_not).collect())
            }
            Condition::Any(parts) => {
                Condition::Any(parts.into_iter().map(without_double_not).collect())
            }
            other => other,
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(condition in conditions()) {
            let read = parse(&print(&condition)).unwrap();
            prop_assert_eq!(without_double_not(read), without_double_not(condition));
        }

        #[test]
        fn any_text_is_read_or_refused_with_a_position_inside_it(text in ".{0,40}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.is_char_boundary(error.position));
            }
        }
    }
}
