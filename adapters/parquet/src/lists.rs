//! Columns whose cells are maps or lists of records, filled row by row.

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ListBuilder, MapBuilder, MapFieldNames, StringBuilder, StructBuilder, TimestampMicrosecondBuilder,
};
use arrow_schema::{ArrowError, DataType, Field, Fields, TimeUnit};
use nines_span::{Event, Span, ValueRef, otlp};
use std::sync::Arc;

/// The zone of times in a table.
pub const ZONE: &str = "UTC";

/// Text by text.
pub struct TextMap(MapBuilder<StringBuilder, StringBuilder>);

impl TextMap {
    /// No row yet.
    pub fn new() -> TextMap {
        TextMap(MapBuilder::new(Some(map_names()), StringBuilder::new(), StringBuilder::new()))
    }

    /// The type of the column.
    pub fn data_type() -> DataType {
        let names = map_names();
        let key = Field::new(names.key, DataType::Utf8, false);
        let value = Field::new(names.value, DataType::Utf8, true);
        let entry = DataType::Struct(Fields::from(vec![key, value]));
        DataType::Map(Arc::new(Field::new(names.entry, entry, false)), false)
    }

    /// Adds a row.
    pub fn push<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, ValueRef<'a>)>) -> Result<(), ArrowError> {
        for (key, value) in pairs {
            self.0.keys().append_value(key);
            self.0.values().append_value(value.text());
        }
        self.0.append(true)
    }

    /// The rows.
    pub fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

fn map_names() -> MapFieldNames {
    // As the Parquet format names them.
    MapFieldNames { entry: "key_value".into(), key: "key".into(), value: "value".into() }
}

/// A list of records in each row.
pub struct Records(ListBuilder<StructBuilder>);

impl Records {
    fn new(fields: Fields) -> Records {
        let record = StructBuilder::from_fields(fields.clone(), 0);
        Records(ListBuilder::new(record).with_field(Field::new("element", DataType::Struct(fields), false)))
    }

    fn data_type(fields: Fields) -> DataType {
        DataType::List(Arc::new(Field::new("element", DataType::Struct(fields), false)))
    }

    /// The rows.
    pub fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Annotations and events: when, what, and an event's attributes as JSON.
pub struct Events;

impl Events {
    fn fields() -> Fields {
        Fields::from(vec![
            Field::new("time", DataType::Timestamp(TimeUnit::Microsecond, Some(ZONE.into())), true),
            Field::new("name", DataType::Utf8, false),
            Field::new("attributes", DataType::Utf8, true),
        ])
    }

    /// The type of the column.
    pub fn data_type() -> DataType {
        Records::data_type(Events::fields())
    }

    /// No row yet.
    pub fn builder() -> Records {
        Records::new(Events::fields())
    }

    /// Adds a row.
    pub fn push(records: &mut Records, events: &[Event]) {
        for event in events {
            let record = records.0.values();
            if let Some(time) = record.field_builder::<TimestampMicrosecondBuilder>(0) {
                let us = i64::try_from(event.time.us).ok().filter(|_| !event.time.is_none());
                time.append_option(us);
            }
            push_text(record, 1, Some(&event.name));
            push_text(record, 2, attributes_json(otlp::event_attributes(&event.otlp)).as_deref());
            record.append(true);
        }
        records.0.append(true);
    }
}

/// Links to other spans.
pub struct Links;

impl Links {
    fn fields() -> Fields {
        Fields::from(vec![
            Field::new("trace_id", DataType::Utf8, false),
            Field::new("span_id", DataType::Utf8, false),
            Field::new("attributes", DataType::Utf8, true),
        ])
    }

    /// The type of the column.
    pub fn data_type() -> DataType {
        Records::data_type(Links::fields())
    }

    /// No row yet.
    pub fn builder() -> Records {
        Records::new(Links::fields())
    }

    /// Adds a row.
    pub fn push(records: &mut Records, span: &Span) {
        let rest = span.otlp.as_ref().map(|parts| &parts.rest[..]).unwrap_or_default();
        for link in otlp::links(rest) {
            let record = records.0.values();
            push_text(record, 0, Some(&link.trace_id.to_string()));
            push_text(record, 1, Some(&link.span_id.to_string()));
            push_text(record, 2, attributes_json(link.attributes).as_deref());
            record.append(true);
        }
        records.0.append(true);
    }
}

fn push_text(record: &mut StructBuilder, field: usize, text: Option<&str>) {
    // Every field below is text by its table above.
    if let Some(column) = record.field_builder::<StringBuilder>(field) {
        column.append_option(text);
    }
}

/// Attributes as a JSON object; `None` where there are none.
fn attributes_json<'a>(attributes: impl Iterator<Item = (&'a str, ValueRef<'a>)>) -> Option<String> {
    let members: Vec<String> =
        attributes.map(|(key, value)| format!("{}:{}", ValueRef::Str(key).json(), value.json())).collect();
    (!members.is_empty()).then(|| format!("{{{}}}", members.join(",")))
}
