//! Whether data fit a JSON Schema: the part of draft 2020-12 that the published schema of an answer uses.

use jiff::civil::Date;
use serde_json::Value;

/// Nothing where `value` fits `schema`; else the first place that does not.
pub fn fits(schema: &Value, value: &Value) -> Result<(), String> {
    at(schema, schema, value, "$")
}

fn at(root: &Value, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).ok_or_else(|| format!("{place}: no {name}"))?;
        at(root, target, value, place)?;
    }
    for (word, wanted) in [("anyOf", 1..=usize::MAX), ("oneOf", 1..=1)] {
        if let Some(choices) = schema[word].as_array() {
            let fitting = choices.iter().filter(|choice| at(root, choice, value, place).is_ok()).count();
            if !wanted.contains(&fitting) {
                return Err(format!("{place}: fits {fitting} of {word}"));
            }
        }
    }
    if !itself(schema, value) {
        return Err(format!("{place}: does not fit"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        value.get(name).ok_or_else(|| format!("{place}: {name} is missing"))?;
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(property) => at(root, property, inner, &format!("{place}.{name}"))?,
            None if schema["additionalProperties"] == false => return Err(format!("{place}: {name} is unknown")),
            None => {}
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            at(root, items, inner, &format!("{place}[{index}]"))?;
        }
    }
    Ok(())
}

/// The value without what is in it.
fn itself(schema: &Value, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("null") => value.is_null(),
        _ => false,
    };
    let kind = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    };
    let constant = schema.get("const").is_none_or(|constant| constant == value);
    let listed = schema["enum"].as_array().is_none_or(|list| list.contains(value));
    let large = schema["minimum"].as_i64().is_none_or(|least| value.as_i64().is_some_and(|number| number >= least));
    let date = schema["format"] != "date" || value.as_str().is_some_and(|date| date.parse::<Date>().is_ok());
    kind && constant && listed && large && date
}
