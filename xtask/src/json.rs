//! Reading JSON: enough to hold answers against what they must say. Knows no streaming and writes nothing.

use std::iter::Peekable;
use std::str::Chars;

/// Lists and objects within one another: an answer of ours has a handful, and each is a call deep.
const DEPTH_MAX: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and whatever is asked for and not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; whole ones are exact up to 2^53, which microseconds since 1970 stay below.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, in its own order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text.
    pub fn parse(text: &str) -> Result<Json, String> {
        let mut reader = Reader { chars: text.chars().peekable() };
        let value = reader.value(0)?;
        match reader.after_space() {
            None => Ok(value),
            Some(char) => Err(format!("`{char}` after the end of the JSON value")),
        }
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> &Json {
        let Json::Object(members) = self else { return &Json::Null };
        members.iter().find(|(known, _)| known == name).map_or(&Json::Null, |(_, value)| value)
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Json] {
        if let Json::List(items) = self { items } else { &[] }
    }

    /// A text; empty for anything else.
    pub fn text(&self) -> &str {
        if let Json::Text(text) = self { text } else { "" }
    }

    /// A number.
    pub fn number(&self) -> Option<f64> {
        if let Json::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether it is there and not `null`.
    pub fn is_there(&self) -> bool {
        *self != Json::Null
    }
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > DEPTH_MAX {
            return Err(format!("JSON deeper than {DEPTH_MAX}"));
        }
        match self.after_space() {
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            Some('"') => self.string().map(Json::Text),
            Some(_) => self.word(),
            None => Err("the JSON value ends too early".to_owned()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, String> {
        self.expect('{')?;
        let mut members = Vec::new();
        while !self.closes('}', members.is_empty())? {
            self.after_space();
            let name = self.string()?;
            self.expect(':')?;
            members.push((name, self.value(depth + 1)?));
        }
        Ok(Json::Object(members))
    }

    fn list(&mut self, depth: usize) -> Result<Json, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        while !self.closes(']', items.is_empty())? {
            items.push(self.value(depth + 1)?);
        }
        Ok(Json::List(items))
    }

    /// Takes the closing mark, or the comma before another item.
    fn closes(&mut self, mark: char, is_first: bool) -> Result<bool, String> {
        if self.after_space() == Some(mark) {
            self.chars.next();
            return Ok(true);
        }
        if !is_first {
            self.expect(',')?;
        }
        Ok(false)
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.chars.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escaped()?),
                Some(char) => text.push(char),
                None => return Err("a JSON text without its end".to_owned()),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        Ok(match self.chars.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('u') => self.code_point()?,
            Some(char @ ('"' | '\\' | '/')) => char,
            other => return Err(format!("`\\` followed by {other:?} in a JSON text")),
        })
    }

    /// The four digits after `\u`; beyond the first plane there are two such.
    fn code_point(&mut self) -> Result<char, String> {
        let first = self.four_digits()?;
        let code = if (0xD800..0xDC00).contains(&first) {
            if (self.chars.next(), self.chars.next()) != (Some('\\'), Some('u')) {
                return Err("half a surrogate pair in a JSON text".to_owned());
            }
            0x10000 + ((first - 0xD800) << 10) + (self.four_digits()?.wrapping_sub(0xDC00) & 0x3FF)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| format!("no character has the number {code:#x}"))
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let digits: String = self.chars.by_ref().take(4).collect();
        u32::from_str_radix(&digits, 16).map_err(|_| format!("`\\u{digits}` in a JSON text"))
    }

    fn word(&mut self) -> Result<Json, String> {
        let mut word = String::new();
        while let Some(char) = self.chars.next_if(|char| char.is_ascii_alphanumeric() || "+-.".contains(*char)) {
            word.push(char);
        }
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Bool(true)),
            "false" => Ok(Json::Bool(false)),
            _ if word.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                word.parse().map(Json::Number).map_err(|_| format!("`{word}` is no JSON number"))
            }
            _ => Err(format!("`{word}` is no JSON value")),
        }
    }

    fn expect(&mut self, mark: char) -> Result<(), String> {
        match self.after_space() {
            Some(char) if char == mark => {
                self.chars.next();
                Ok(())
            }
            other => Err(format!("{other:?} where `{mark}` belongs in JSON")),
        }
    }

    /// The next character that is no white space, left where it is.
    fn after_space(&mut self) -> Option<char> {
        while self.chars.next_if(char::is_ascii_whitespace).is_some() {}
        self.chars.peek().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind_are_read() {
        let value = Json::parse(r#" {"a": [1, -2.5e3, true, null], "b": {"c": "x\n\u00e9\ud83d\ude00\""}, "d": []} "#);
        let value = value.unwrap();
        assert_eq!(value.get("a").items()[..2], [Json::Number(1.0), Json::Number(-2500.0)]);
        assert_eq!(value.get("a").items()[2..], [Json::Bool(true), Json::Null]);
        assert_eq!(value.get("b").get("c").text(), "x\né😀\"");
        assert_eq!((value.get("d").items().len(), value.get("e").is_there()), (0, false));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1 2]", "[1,]", r#"{"a" 1}"#, r#""x"#, "nul", "1 2", r#""\x""#, r#""\ud83d""#, "inf"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        assert!(Json::parse(&"[".repeat(1000)).is_err());
    }
}
