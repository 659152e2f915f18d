//! JSON through `serde_json`, with names that repeat; and what Zipkin's two versions share.

use crate::Endpoint;
use core::net::{Ipv4Addr, Ipv6Addr};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The first value of a body; what follows it is not looked at.
pub fn read(body: &[u8]) -> Option<Json> {
    serde_json::Deserializer::from_slice(body).into_iter::<Json>().next()?.ok()
}

/// A JSON value that keeps repeated names.
pub enum Json {
    Null,
    Bool(bool),
    Text(String),
    /// A whole number of 64 bits with sign.
    Whole(i64),
    /// Any other number.
    Number,
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

pub fn endpoint(json: &Json) -> Option<Endpoint> {
    let mut endpoint = Endpoint::default();
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            (_, Json::Null) => {}
            ("serviceName", _) => endpoint.service = value.text()?,
            ("ipv4" | "ipv6", _) => set_address(&value.text()?, &mut endpoint)?,
            ("port", _) => {
                let port = value.whole().filter(|port| i32::try_from(*port).is_ok())?;
                endpoint.port = u16::try_from(port.max(0)).ok()?;
            }
            _ => {}
        }
    }
    Some(endpoint)
}

/// Either name takes either family. Forms that Zipkin reads in its own way are left to tests.
fn set_address(text: &str, endpoint: &mut Endpoint) -> Option<()> {
    let text = text.strip_prefix("::ffff:").filter(|dotted| dotted.parse::<Ipv4Addr>().is_ok()).unwrap_or(text);
    let looks_like_ipv4 = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        endpoint.ipv4 = Some(address);
    } else if looks_like_ipv4 || text.contains(':') && text.contains('.') {
        return None;
    } else if let Ok(address) = text.parse::<Ipv6Addr>() {
        endpoint.ipv6 = Some(address);
    }
    Some(())
}

impl Json {
    pub fn list(&self) -> Option<&[Json]> {
        if let Json::List(values) = self { Some(values) } else { None }
    }

    pub fn object(&self) -> Option<&[(String, Json)]> {
        if let Json::Object(fields) = self { Some(fields) } else { None }
    }

    /// A text, or a whole number as text.
    pub fn text(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.clone()),
            Json::Whole(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number, quoted or not.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Json::Text(text) => text.parse().ok(),
            Json::Whole(number) => Some(*number),
            _ => None,
        }
    }

    pub fn truth(&self) -> Option<bool> {
        if let Json::Bool(truth) = self { Some(*truth) } else { None }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Number, Json::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}
