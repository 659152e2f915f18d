//! One span of the columns: read in place through [`SpanFields`], or made whole.

use super::address::decode_address;
use super::rows::Rows;
use super::tables::{FLAG_DEBUG, FLAG_LOCAL_ADDRESS, FLAG_REMOTE_ADDRESS, FLAG_SHARED, Operation, Shape, Tables};
use super::value::decode_value;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Class, Endpoint, Event, Kind, OtlpParts, Span, SpanFields, Status, ValueRef};

/// A span in place. Its row exists in the columns, and the columns' numbers in the tables: both are
/// checked where columns are filled or read from disk.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    tables: &'a Tables,
    rows: &'a Rows,
    row: u32,
    numbering: Option<u64>,
}

impl<'a> Row<'a> {
    /// Span `row` of the columns.
    #[inline]
    pub fn new(tables: &'a Tables, rows: &'a Rows, row: u32) -> Row<'a> {
        Row { tables, rows, row, numbering: None }
    }

    /// The same span, which tells its class. The numbering stands for the tables its columns refer to.
    #[inline]
    pub fn numbered(self, numbering: u64) -> Row<'a> {
        Row { numbering: Some(numbering), ..self }
    }

    fn at(&self) -> usize {
        self.row as usize
    }

    fn operation(&self) -> &'a Operation {
        &self.tables.operations[self.rows.operation[self.at()] as usize]
    }

    fn shape(&self) -> &'a Shape {
        &self.tables.shapes[self.rows.shape[self.at()] as usize]
    }

    /// Bytes of the row's value `idx`, addresses counted.
    fn value(&self, idx: usize) -> &'a [u8] {
        let at = self.rows.value_at[self.at()] as usize + idx;
        self.rows.strings.get(self.rows.values[at])
    }

    fn tag_value(&self, shape: &Shape, tag_idx: usize) -> ValueRef<'a> {
        let tag = &self.tables.tags_of(shape)[tag_idx];
        // The bytes were a value of this type when they were taken in, and checksums guard them since.
        decode_value(tag.value_type, self.value(shape.n_addresses() + tag_idx)).unwrap_or(ValueRef::Empty)
    }

    fn part(&self, scope: bool) -> Option<&'a [u8]> {
        let origin = self.rows.origin[self.at()].checked_sub(1)?;
        let (resource_part, scope_part) = self.tables.origins[origin as usize];
        Some(&self.tables.parts[if scope { scope_part } else { resource_part } as usize])
    }

    fn endpoint(&self, service: u32, shape: &Shape, flag: u8) -> Endpoint {
        let mut endpoint = Endpoint { service: self.tables.names.get(service).to_owned(), ..Endpoint::default() };
        if shape.has(flag) {
            let idx = usize::from(flag == FLAG_REMOTE_ADDRESS && shape.has(FLAG_LOCAL_ADDRESS));
            if let Ok((ipv4, ipv6, port)) = decode_address(self.value(idx)) {
                (endpoint.ipv4, endpoint.ipv6, endpoint.port) = (ipv4, ipv6, port);
            }
        }
        endpoint
    }

    fn text(&self, string: u32) -> &'a str {
        std::str::from_utf8(self.rows.strings.get(string)).unwrap_or_default()
    }

    /// The span, owned.
    pub fn to_span(&self) -> Span {
        let (shape, operation) = (self.shape(), self.operation());
        let tags = self.tables.tags_of(shape).iter().enumerate();
        let events = self.rows.events_of(self.row).iter();
        Span {
            trace_id: self.trace_id(),
            id: self.id(),
            parent_id: self.parent_id(),
            kind: operation.kind,
            name: self.name().to_owned(),
            start: self.start(),
            duration: self.duration(),
            local: self.endpoint(operation.service, shape, FLAG_LOCAL_ADDRESS),
            remote: self.endpoint(operation.remote, shape, FLAG_REMOTE_ADDRESS),
            tags: tags
                .map(|(idx, tag)| (self.tables.names.get(tag.key).to_owned(), self.tag_value(shape, idx).to_value()))
                .collect(),
            events: events
                .map(|event| Event {
                    time: FineMicros { us: event.time_us, sub_ns: event.time_ns },
                    name: self.text(event.name).to_owned(),
                    otlp: self.rows.strings.get(event.otlp).to_vec(),
                })
                .collect(),
            debug: self.debug(),
            shared: self.shared(),
            status: shape.status(),
            otlp: self.part(false).map(|resource| OtlpParts {
                resource: resource.into(),
                scope: self.part(true).unwrap_or_default().into(),
                rest: self.rows.rest_of(self.row).to_vec(),
            }),
        }
    }
}

impl SpanFields for Row<'_> {
    fn trace_id(&self) -> TraceId {
        TraceId(self.rows.trace_ids[self.rows.trace[self.at()] as usize])
    }
    fn id(&self) -> SpanId {
        SpanId(self.rows.id[self.at()])
    }
    fn parent_id(&self) -> Option<SpanId> {
        let parent = self.rows.parent[self.at()];
        (parent != 0).then_some(SpanId(parent))
    }
    fn kind(&self) -> Kind {
        self.operation().kind
    }
    fn service(&self) -> &str {
        self.tables.names.get(self.operation().service)
    }
    fn name(&self) -> &str {
        self.tables.names.get(self.operation().name)
    }
    fn remote_service(&self) -> &str {
        self.tables.names.get(self.operation().remote)
    }
    fn start(&self) -> FineMicros {
        FineMicros { us: self.rows.start_us[self.at()], sub_ns: self.rows.fine_of(self.row).0 }
    }
    fn duration(&self) -> FineMicros {
        FineMicros { us: self.rows.duration_us[self.at()], sub_ns: self.rows.fine_of(self.row).1 }
    }
    fn shared(&self) -> bool {
        self.shape().has(FLAG_SHARED)
    }
    fn debug(&self) -> bool {
        self.shape().has(FLAG_DEBUG)
    }
    fn status(&self) -> Status {
        self.shape().status()
    }
    fn class(&self) -> Option<Class> {
        let at = self.at();
        let (operation, layout, resource) = (self.rows.operation[at], self.rows.shape[at], self.rows.origin[at]);
        self.numbering.map(|numbering| Class { numbering, operation, layout, resource })
    }
    fn tag_place(&self, key: &str) -> Option<u32> {
        self.tables.find_tag(self.shape(), key).map(|place| place as u32)
    }
    fn tag_at(&self, place: u32) -> Option<ValueRef<'_>> {
        let (shape, place) = (self.shape(), place as usize);
        (place < shape.tags.len()).then(|| self.tag_value(shape, place))
    }
    fn own_tag(&self, key: &str) -> Option<ValueRef<'_>> {
        let shape = self.shape();
        let tag_idx = self.tables.find_tag(shape, key)?;
        Some(self.tag_value(shape, tag_idx))
    }
    fn tag_number_at(&self, place: u32) -> Option<u32> {
        let (shape, place) = (self.shape(), place as usize);
        let at = self.rows.value_at[self.at()] as usize + shape.n_addresses() + place;
        (place < shape.tags.len()).then(|| self.rows.values[at])
    }
    fn resource_bytes(&self) -> &[u8] {
        self.part(false).unwrap_or_default()
    }
    fn has_event(&self, name: &str) -> bool {
        self.rows.events_of(self.row).iter().any(|event| self.rows.strings.get(event.name) == name.as_bytes())
    }
    fn rest_bytes(&self) -> &[u8] {
        self.rows.rest_of(self.row)
    }
}
