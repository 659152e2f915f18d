//! A request in JSON written anew in protobuf, in one pass.
//!
//! A field that has its default value is left out, as protobuf leaves it out; in an attribute's value it is
//! kept, where it says the type. What cannot be said in protobuf either fails the request or, inside a span,
//! has the span left out.

use super::scalar::{double, put_base64, put_hex, unsigned};
use crate::decode_error::{Fault, quoted};
use crate::otlp::VALUE_DEPTH_MAX;
use crate::otlp::schema::{
    any_value, entity_ref, event, key_value, link, list, request, resource, resource_spans, scope, scope_spans, span,
    status,
};
use crate::protobuf::{close_message, open_message, put_bytes, put_fixed32, put_fixed64, put_varint};
use crate::zipkin::json::{Failed, Reader};

/// OTLP's kinds, in the order of their numbers.
const KINDS: [&str; 6] = [
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER",
];

/// OTLP's codes of a status, in the order of their numbers.
const STATUS_CODES: [&str; 3] = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

/// What was written and left out so far.
#[derive(Default)]
pub(super) struct Transcoder {
    /// The request, in protobuf.
    pub out: Vec<u8>,
    /// Spans left out.
    pub rejected: u64,
    /// Why the first of them was.
    pub rejected_why: Option<String>,
    /// Lists and objects that are open in the JSON.
    depth: usize,
    /// Lists and maps of values among them.
    value_depth: usize,
    is_in_span: bool,
    /// What is wrong with the span that is being written.
    flaw: Option<&'static str>,
}

/// Writes one field of a message; its value is not `null`.
type WriteField = for<'a> fn(&mut Transcoder, &mut Reader<'a>, &'a str) -> Result<(), Failed>;

impl Transcoder {
    /// A whole request.
    pub fn request(&mut self, reader: &mut Reader<'_>) -> Result<(), Failed> {
        self.fields(reader, |to, reader, name| match name {
            "resourceSpans" | "resource_spans" => {
                to.messages(reader, request::RESOURCE_SPANS, Transcoder::resource_spans)
            }
            _ => to.skip(reader),
        })
    }

    // -- messages --------------------------------------------------------------------------------

    fn resource_spans(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "resource" => self.message(reader, resource_spans::RESOURCE, Transcoder::resource),
            "scopeSpans" | "scope_spans" => self.messages(reader, resource_spans::SCOPE_SPANS, Transcoder::scope_spans),
            "schemaUrl" | "schema_url" => self.text(reader, resource_spans::SCHEMA_URL),
            _ => self.skip(reader),
        }
    }

    fn resource(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "attributes" => self.attributes(reader, resource::ATTRIBUTES),
            "droppedAttributesCount" | "dropped_attributes_count" => {
                self.count(reader, resource::DROPPED_ATTRIBUTES_COUNT)
            }
            "entityRefs" | "entity_refs" => self.messages(reader, resource::ENTITY_REFS, Transcoder::entity_ref),
            _ => self.skip(reader),
        }
    }

    fn entity_ref(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "schemaUrl" | "schema_url" => self.text(reader, entity_ref::SCHEMA_URL),
            "type" => self.text(reader, entity_ref::TYPE),
            "idKeys" | "id_keys" => self.texts(reader, entity_ref::ID_KEYS),
            "descriptionKeys" | "description_keys" => self.texts(reader, entity_ref::DESCRIPTION_KEYS),
            _ => self.skip(reader),
        }
    }

    fn scope_spans(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "scope" => self.message(reader, scope_spans::SCOPE, Transcoder::scope),
            "spans" => self.elements(reader, Transcoder::span),
            "schemaUrl" | "schema_url" => self.text(reader, scope_spans::SCHEMA_URL),
            _ => self.skip(reader),
        }
    }

    fn scope(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "name" => self.text(reader, scope::NAME),
            "version" => self.text(reader, scope::VERSION),
            "attributes" => self.attributes(reader, scope::ATTRIBUTES),
            "droppedAttributesCount" | "dropped_attributes_count" => {
                self.count(reader, scope::DROPPED_ATTRIBUTES_COUNT)
            }
            _ => self.skip(reader),
        }
    }

    /// A span, which is taken back where it turns out to be none. One that is `null` is empty.
    fn span(&mut self, reader: &mut Reader<'_>) -> Result<(), Failed> {
        if reader.null()? {
            put_bytes(scope_spans::SPANS, &[], &mut self.out);
            return Ok(());
        }
        let from = self.out.len();
        self.is_in_span = true;
        self.message(reader, scope_spans::SPANS, Transcoder::span_field)?;
        self.is_in_span = false;
        if let Some(flaw) = self.flaw.take() {
            self.out.truncate(from);
            self.rejected += 1;
            self.rejected_why.get_or_insert_with(|| format!("a span was left out: {flaw}"));
        }
        Ok(())
    }

    fn span_field(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "traceId" | "trace_id" => self.id(reader, span::TRACE_ID, "its traceId is not hexadecimal"),
            "spanId" | "span_id" => self.id(reader, span::SPAN_ID, "its spanId is not hexadecimal"),
            "parentSpanId" | "parent_span_id" => {
                self.id(reader, span::PARENT_SPAN_ID, "its parentSpanId is not hexadecimal")
            }
            "traceState" | "trace_state" => self.text(reader, span::TRACE_STATE),
            "flags" => self.flags(reader, span::FLAGS),
            "name" => self.text(reader, span::NAME),
            "kind" => self.enumeration(reader, span::KIND, &KINDS),
            "startTimeUnixNano" | "start_time_unix_nano" => self.time(reader, span::START_TIME_UNIX_NANO),
            "endTimeUnixNano" | "end_time_unix_nano" => self.time(reader, span::END_TIME_UNIX_NANO),
            "attributes" => self.attributes(reader, span::ATTRIBUTES),
            "droppedAttributesCount" | "dropped_attributes_count" => self.count(reader, span::DROPPED_ATTRIBUTES_COUNT),
            "events" => self.messages(reader, span::EVENTS, Transcoder::event),
            "droppedEventsCount" | "dropped_events_count" => self.count(reader, span::DROPPED_EVENTS_COUNT),
            "links" => self.messages(reader, span::LINKS, Transcoder::link),
            "droppedLinksCount" | "dropped_links_count" => self.count(reader, span::DROPPED_LINKS_COUNT),
            "status" => self.message(reader, span::STATUS, Transcoder::status),
            _ => self.skip(reader),
        }
    }

    fn event(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "timeUnixNano" | "time_unix_nano" => self.time(reader, event::TIME_UNIX_NANO),
            "name" => self.text(reader, event::NAME),
            "attributes" => self.attributes(reader, event::ATTRIBUTES),
            "droppedAttributesCount" | "dropped_attributes_count" => {
                self.count(reader, event::DROPPED_ATTRIBUTES_COUNT)
            }
            _ => self.skip(reader),
        }
    }

    fn link(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "traceId" | "trace_id" => self.id(reader, link::TRACE_ID, "the traceId of a link is not hexadecimal"),
            "spanId" | "span_id" => self.id(reader, link::SPAN_ID, "the spanId of a link is not hexadecimal"),
            "traceState" | "trace_state" => self.text(reader, link::TRACE_STATE),
            "attributes" => self.attributes(reader, link::ATTRIBUTES),
            "droppedAttributesCount" | "dropped_attributes_count" => self.count(reader, link::DROPPED_ATTRIBUTES_COUNT),
            "flags" => self.flags(reader, link::FLAGS),
            _ => self.skip(reader),
        }
    }

    fn status(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "message" => self.text(reader, status::MESSAGE),
            "code" => self.enumeration(reader, status::CODE, &STATUS_CODES),
            _ => self.skip(reader),
        }
    }

    // -- attributes ------------------------------------------------------------------------------

    fn attributes(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        self.messages(reader, number, Transcoder::key_value)
    }

    fn key_value(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "key" => self.text(reader, key_value::KEY),
            "value" => self.message(reader, key_value::VALUE, Transcoder::any_value),
            _ => self.skip(reader),
        }
    }

    /// Of several the last counts, as in protobuf.
    fn any_value(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Failed> {
        match name {
            "stringValue" | "string_value" => put_bytes(any_value::STRING, reader.string()?.as_bytes(), &mut self.out),
            "boolValue" | "bool_value" => put_varint(any_value::BOOL, reader.boolean()?.into(), &mut self.out),
            "intValue" | "int_value" => put_varint(any_value::INT, reader.long()? as u64, &mut self.out),
            "doubleValue" | "double_value" => {
                let text = reader.string()?;
                let number = reader.checked(double(text).ok_or_else(|| Fault::NotANumber(quoted(text))))?;
                put_fixed64(any_value::DOUBLE, number.to_bits(), &mut self.out);
            }
            "bytesValue" | "bytes_value" => {
                let text = reader.string()?;
                let from = open_message(any_value::BYTES, &mut self.out);
                if !put_base64(text, &mut self.out) {
                    self.refuse(reader, "a bytesValue is not Base64")?;
                }
                close_message(from, &mut self.out);
            }
            "arrayValue" | "array_value" => self.nested(reader, any_value::ARRAY, |to, reader, name| match name {
                "values" => to.messages(reader, list::VALUES, Transcoder::any_value),
                _ => to.skip(reader),
            })?,
            "kvlistValue" | "kvlist_value" => {
                self.nested(reader, any_value::KVLIST, |to, reader, name| match name {
                    "values" => to.messages(reader, list::VALUES, Transcoder::key_value),
                    _ => to.skip(reader),
                })?
            }
            _ => self.skip(reader)?,
        }
        Ok(())
    }

    /// DEC-2: what recurses here goes no deeper than the limit of values.
    fn nested(&mut self, reader: &mut Reader<'_>, number: u32, write: WriteField) -> Result<(), Failed> {
        if self.value_depth >= VALUE_DEPTH_MAX {
            if !self.is_in_span {
                return reader.fail_nesting(VALUE_DEPTH_MAX);
            }
            self.flaw.get_or_insert("its lists and maps are nested too deeply");
            return self.skip(reader);
        }
        self.value_depth += 1;
        self.message(reader, number, write)?;
        self.value_depth -= 1;
        Ok(())
    }

    // -- scalars ---------------------------------------------------------------------------------

    fn text(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        let text = reader.string()?;
        if !text.is_empty() {
            put_bytes(number, text.as_bytes(), &mut self.out);
        }
        Ok(())
    }

    fn texts(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        let mut more = reader.list()?;
        while more {
            put_bytes(number, reader.string()?.as_bytes(), &mut self.out);
            more = reader.next_element()?;
        }
        Ok(())
    }

    fn id(&mut self, reader: &mut Reader<'_>, number: u32, flaw: &'static str) -> Result<(), Failed> {
        let text = reader.string()?;
        if text.is_empty() {
            return Ok(());
        }
        let from = open_message(number, &mut self.out);
        if !put_hex(text, &mut self.out) {
            self.refuse(reader, flaw)?;
        }
        close_message(from, &mut self.out);
        Ok(())
    }

    /// A number of an enum, or its name. One that is not known is skipped, as a field is.
    fn enumeration(&mut self, reader: &mut Reader<'_>, number: u32, names: &[&str]) -> Result<(), Failed> {
        let text = reader.string()?;
        let known = names.iter().position(|name| *name == text).map(|value| value as i64);
        // An int32, sign-extended to 64 bits on the wire.
        let value = known.or_else(|| text.parse::<i32>().ok().map(i64::from));
        if let Some(value) = value.filter(|value| *value != 0) {
            put_varint(number, value as u64, &mut self.out);
        }
        Ok(())
    }

    fn time(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        let time = self.unsigned(reader, u64::MAX)?;
        if time != 0 {
            put_fixed64(number, time, &mut self.out);
        }
        Ok(())
    }

    fn count(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        let count = self.unsigned(reader, u32::MAX.into())?;
        if count != 0 {
            put_varint(number, count, &mut self.out);
        }
        Ok(())
    }

    fn flags(&mut self, reader: &mut Reader<'_>, number: u32) -> Result<(), Failed> {
        let flags = self.unsigned(reader, u32::MAX.into())?;
        if flags != 0 {
            put_fixed32(number, flags as u32, &mut self.out);
        }
        Ok(())
    }

    fn unsigned(&mut self, reader: &mut Reader<'_>, max: u64) -> Result<u64, Failed> {
        let text = reader.string()?;
        reader.checked(unsigned(text, max).ok_or_else(|| Fault::NotANumber(quoted(text))))
    }

    // -- reading ---------------------------------------------------------------------------------

    /// The content of a field is wrong: the span is left out, or outside a span the request refused.
    fn refuse(&mut self, reader: &mut Reader<'_>, why: &'static str) -> Result<(), Failed> {
        if !self.is_in_span {
            return reader.fail(Fault::NotOtlp(why));
        }
        self.flaw.get_or_insert(why);
        Ok(())
    }

    fn message(&mut self, reader: &mut Reader<'_>, number: u32, write: WriteField) -> Result<(), Failed> {
        let from = open_message(number, &mut self.out);
        self.fields(reader, write)?;
        close_message(from, &mut self.out);
        Ok(())
    }

    /// A list of messages. One that is `null` is empty.
    fn messages(&mut self, reader: &mut Reader<'_>, number: u32, write: WriteField) -> Result<(), Failed> {
        self.elements(reader, |to, reader| {
            if reader.null()? {
                put_bytes(number, &[], &mut to.out);
                return Ok(());
            }
            to.message(reader, number, write)
        })
    }

    fn elements<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        mut read: impl FnMut(&mut Transcoder, &mut Reader<'a>) -> Result<(), Failed>,
    ) -> Result<(), Failed> {
        self.depth += 1;
        let mut more = reader.list()?;
        while more {
            read(self, reader)?;
            more = reader.next_element()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn fields(&mut self, reader: &mut Reader<'_>, write: WriteField) -> Result<(), Failed> {
        self.depth += 1;
        let mut name = reader.object()?;
        while let Some(field) = name {
            if !reader.null()? {
                write(self, reader, field)?;
            }
            name = reader.next_name()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn skip(&mut self, reader: &mut Reader<'_>) -> Result<(), Failed> {
        reader.skip(self.depth)
    }
}
