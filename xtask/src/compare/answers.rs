//! Answers in one order: neither server promises one for the traces of a list or the spans of a trace.

use serde_json::Value;

/// An answer as a value whose lists are sorted at every depth but for annotations, whose order is promised. A body
/// that is no JSON is its text.
pub fn canonical(body: &[u8]) -> Value {
    match serde_json::from_slice(body) {
        Ok(value) => sorted(value),
        Err(_) => Value::String(String::from_utf8_lossy(body).into_owned()),
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(sorted).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        // Fields of an object are compared by name; `annotations` stays as it was written.
        other => other,
    }
}

/// The first items that one list has and the other lacks, as text.
pub fn only_in(one: &Value, other: &Value) -> Vec<String> {
    let items = |value: &Value| match value {
        Value::Array(items) => items.iter().map(Value::to_string).collect::<Vec<_>>(),
        other => vec![other.to_string()],
    };
    let others = items(other);
    items(one).into_iter().filter(|item| !others.contains(item)).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_equal_in_any_order_and_annotations_only_in_theirs() {
        let same = |one: &str, other: &str| canonical(one.as_bytes()) == canonical(other.as_bytes());
        assert!(same(r#"[[{"id":"1","a":2},{"id":"2"}],[]]"#, r#"[[],[{"id":"2"},{"a":2,"id":"1"}]]"#));
        assert!(!same(r#"[{"annotations":[1,2]}]"#, r#"[{"annotations":[2,1]}]"#));
        assert!(!same("[1]", "[1,1]"));
        assert!(same("not found", "not found"));
    }
}
