//! What a span of version 1 means in version 2: Zipkin's rules for it.
//!
//! - Each service that an annotation names is a span of its own; what names none belongs to the first.
//! - `cs` and `cr` make a client, `sr` and `ss` a server, `ms` a producer, `mr` a consumer. Between the two
//!   ends lies the duration, unless the span says a time and a duration itself. Ends without an endpoint, and
//!   ends of sending and receiving on the wire (`ws`, `wr`) without a message, are plain annotations.
//! - A span of which both sides reported is a client and a shared server, also where both are one service.
//! - Where one end is missing, the span's own time and duration stand in for it if they reach the other end.
//! - A server that says no time of its own, or an end but no duration, shares its id with a client.
//! - `sa`, `ca` and `ma` are the address of the other side, whatever their value. Without any end of a call
//!   `sa` says no kind, `ca` alone says that this is the server.
//! - Other binary annotations are tags; an empty `lc` only names the local endpoint.

use super::halves::{Halves, has_same_service};
use super::{Annotation, BinaryAnnotation, Head};
use crate::batch::{Batch, EndpointRef, EventRef};
use crate::model::{Kind, ValueRef};
use crate::normalise::{close, compare_keys, micros};

/// Takes spans of version 1 apart, one after the other. Its lists are used again.
#[derive(Default)]
pub(crate) struct Converter<'a> {
    /// Of the span that is being read; the reader appends, in the order sent.
    pub annotations: Vec<Annotation<'a>>,
    /// Likewise.
    pub binary_annotations: Vec<BinaryAnnotation<'a>>,
    halves: Halves<'a>,
    /// With the half each belongs to.
    events: Vec<(usize, EventRef<'a>)>,
    tags: Vec<(usize, (&'a str, ValueRef<'a>))>,
}

/// The annotations that say where a call begins and ends. Of several the latest counts.
#[derive(Default)]
struct Core<'a> {
    client_send: Option<Annotation<'a>>,
    client_receive: Option<Annotation<'a>>,
    server_receive: Option<Annotation<'a>>,
    server_send: Option<Annotation<'a>>,
    message_send: Option<Annotation<'a>>,
    message_receive: Option<Annotation<'a>>,
    wire_send: Option<Annotation<'a>>,
    wire_receive: Option<Annotation<'a>>,
}

impl<'a> Converter<'a> {
    /// Forgets the annotations of the span before.
    pub fn begin(&mut self) {
        self.annotations.clear();
        self.binary_annotations.clear();
    }

    /// Adds the spans that a span with the annotations read is.
    pub fn finish(&mut self, head: &Head<'a>, batch: &mut Batch<'a>) {
        self.halves.clear();
        self.events.clear();
        self.tags.clear();
        // Zipkin goes by time and by key. Sorting keeps what is equal in the order sent.
        self.annotations.sort_by(|a, b| (a.timestamp, a.value).cmp(&(b.timestamp, b.value)));
        self.binary_annotations.sort_by(|a, b| compare_keys(a.key, b.key));
        let mut core = self.take_annotations();
        core.infer_beginnings(head);
        self.time_calls(head, &core);
        self.time_messages(head, &core);
        let addresses = self.take_binary_annotations();
        self.place_addresses(&addresses, &core);
        self.push_halves(head, batch);
    }

    // -- annotations -----------------------------------------------------------------------------

    /// Sorts annotations into those of the core and others.
    fn take_annotations(&mut self) -> Core<'a> {
        let mut core = Core::default();
        for at in 0..self.annotations.len() {
            let annotation = self.annotations[at];
            let half = self.halves.of(&annotation.endpoint);
            let place = if annotation.endpoint.is_empty() { None } else { core.place(annotation.value) };
            match place {
                Some((place, kind)) => {
                    *place = Some(annotation);
                    if kind != Kind::Unspecified {
                        self.halves.list_mut()[half].kind = kind;
                    }
                }
                None => self.annotate(half, &annotation),
            }
        }
        core
    }

    fn annotate(&mut self, half: usize, annotation: &Annotation<'a>) {
        let event = EventRef { time: micros(annotation.timestamp), name: annotation.value, otlp: &[] };
        self.events.push((half, event));
    }

    // -- calls -----------------------------------------------------------------------------------

    fn time_calls(&mut self, head: &Head<'a>, core: &Core<'a>) {
        match (&core.client_send, &core.server_receive) {
            (Some(client_send), Some(server_receive)) => self.split_call(head, core, client_send, server_receive),
            (Some(begin), None) if core.client_receive.is_some() => self.time(head, begin, &core.client_receive),
            (None, Some(begin)) if core.server_send.is_some() => self.time(head, begin, &core.server_send),
            _ => self.time_incomplete(head, core),
        }
        if let (None, Some(server_receive)) = (&core.client_send, &core.server_receive)
            && (head.timestamp == 0 || core.server_send.is_some() && head.duration == 0)
        {
            self.halves.half(&server_receive.endpoint).shared = true;
        }
    }

    /// Both sides in one span: the span's own time and duration are the client's.
    fn split_call(
        &mut self,
        head: &Head<'a>,
        core: &Core<'a>,
        client_send: &Annotation<'a>,
        server_receive: &Annotation<'a>,
    ) {
        self.time(head, client_send, &core.client_receive);
        let server = if has_same_service(&client_send.endpoint, &server_receive.endpoint) {
            self.halves.half(&client_send.endpoint).kind = Kind::Client;
            self.halves.add(&server_receive.endpoint, Kind::Server)
        } else {
            self.halves.of(&server_receive.endpoint)
        };
        let server = &mut self.halves.list_mut()[server];
        server.shared = true;
        server.timestamp = server_receive.timestamp;
        if let Some(server_send) = &core.server_send {
            server.duration = server_send.timestamp.wrapping_sub(server_receive.timestamp);
        }
    }

    /// A side of a call from its beginning to its end, if that is known.
    fn time(&mut self, head: &Head<'a>, begin: &Annotation<'a>, end: &Option<Annotation<'a>>) {
        let half = self.halves.half(&begin.endpoint);
        if head.timestamp != 0 && head.duration != 0 {
            (half.timestamp, half.duration) = (head.timestamp, head.duration);
            return;
        }
        half.timestamp = begin.timestamp;
        if let Some(end) = end {
            half.duration = end.timestamp.wrapping_sub(begin.timestamp);
        }
    }

    /// No side has both ends: a beginning is a time, an end is an annotation again.
    fn time_incomplete(&mut self, head: &Head<'a>, core: &Core<'a>) {
        for at in 0..self.halves.list().len() {
            let half = &mut self.halves.list_mut()[at];
            let (begin, end) = match half.kind {
                Kind::Client => (&core.client_send, &core.client_receive),
                Kind::Server => (&core.server_receive, &core.server_send),
                _ => continue,
            };
            if let Some(begin) = begin {
                half.timestamp = begin.timestamp;
            }
            if let Some(end) = end {
                self.annotate(at, end);
            }
        }
        if head.timestamp != 0 {
            let first = &mut self.halves.list_mut()[0];
            (first.timestamp, first.duration) = (head.timestamp, head.duration);
        }
    }

    // -- messages --------------------------------------------------------------------------------

    fn time_messages(&mut self, head: &Head<'a>, core: &Core<'a>) {
        match (&core.message_send, &core.message_receive) {
            (Some(send), Some(receive)) => self.split_message(core, send, receive),
            (Some(send), None) => self.time(head, send, &core.wire_send),
            (None, Some(receive)) => match &core.wire_receive {
                Some(begin) => self.time(head, begin, &core.message_receive),
                None => self.time(head, receive, &None),
            },
            (None, None) => {
                for annotation in [core.wire_send, core.wire_receive].into_iter().flatten() {
                    let half = self.halves.of(&annotation.endpoint);
                    self.annotate(half, &annotation);
                }
            }
        }
    }

    /// Both sides of a message are not meant to share a span; where they do, it is split as a call is.
    fn split_message(&mut self, core: &Core<'a>, send: &Annotation<'a>, receive: &Annotation<'a>) {
        let consumer = if has_same_service(&send.endpoint, &receive.endpoint) {
            self.halves.half(&send.endpoint).kind = Kind::Producer;
            self.halves.add(&receive.endpoint, Kind::Consumer)
        } else {
            self.halves.of(&receive.endpoint)
        };
        let consumer = &mut self.halves.list_mut()[consumer];
        consumer.shared = true;
        consumer.timestamp = receive.timestamp;
        if let Some(begin) = &core.wire_receive {
            consumer.timestamp = begin.timestamp;
            consumer.duration = receive.timestamp.wrapping_sub(begin.timestamp);
        }
        let producer = self.halves.half(&send.endpoint);
        producer.timestamp = send.timestamp;
        producer.duration = core.wire_send.map_or(0, |end| end.timestamp.wrapping_sub(send.timestamp));
    }

    // -- binary annotations ----------------------------------------------------------------------

    /// Sorts binary annotations into tags and addresses. Of several addresses of a name the last counts.
    fn take_binary_annotations(&mut self) -> Addresses<'a> {
        let mut addresses = Addresses::default();
        for at in 0..self.binary_annotations.len() {
            let BinaryAnnotation { key, value, endpoint } = self.binary_annotations[at];
            match key {
                // Some old senders write "1" for `true`, so their value does not matter.
                "ca" => addresses.client = endpoint,
                "sa" => addresses.server = endpoint,
                "ma" => addresses.broker = endpoint,
                _ => {
                    let half = self.halves.of(&endpoint);
                    let value = value.unwrap_or_default();
                    if key != "lc" || !value.is_empty() {
                        self.tags.push((half, (key, ValueRef::Str(value))));
                    }
                }
            }
        }
        addresses
    }

    fn place_addresses(&mut self, addresses: &Addresses<'a>, core: &Core<'a>) {
        let Addresses { client, server, broker } = addresses;
        let is_call = core.client_end().is_some() || core.server_end().is_some();
        let has_address = !client.is_empty() || !server.is_empty();
        if has_address && !is_call {
            return self.place_addresses_alone(client, server);
        }
        if let Some(end) = core.server_end()
            && !client.is_empty()
            && !is_same(client, &end.endpoint)
        {
            // Some servers give the caller's socket their own name, which would look like a call to itself.
            let is_nameless = has_same_service(client, &end.endpoint);
            let service = if is_nameless { "" } else { client.service };
            self.halves.half(&end.endpoint).remote = EndpointRef { service, ..*client };
        }
        if let Some(end) = core.client_end()
            && !server.is_empty()
        {
            self.halves.half(&end.endpoint).remote = *server;
        }
        if !broker.is_empty() {
            for end in [core.message_send, core.message_receive].into_iter().flatten() {
                self.halves.half(&end.endpoint).remote = *broker;
            }
        }
    }

    /// Addresses without any end of a call.
    fn place_addresses_alone(&mut self, client: &EndpointRef<'a>, server: &EndpointRef<'a>) {
        match (client.is_empty(), server.is_empty()) {
            (false, false) => self.halves.half(client).remote = *server,
            // `sa` is what senders write for any remote address.
            (true, _) => self.halves.list_mut()[0].remote = *server,
            (false, true) => {
                let first = &mut self.halves.list_mut()[0];
                (first.kind, first.remote) = (Kind::Server, *client);
            }
        }
    }

    // -- spans -----------------------------------------------------------------------------------

    fn push_halves(&mut self, head: &Head<'a>, batch: &mut Batch<'a>) {
        if self.halves.list().len() > 1 {
            self.events.sort_by_key(|(half, _)| *half);
            self.tags.sort_by_key(|(half, _)| *half);
        }
        let (mut events, mut tags) = (&self.events[..], &self.tags[..]);
        for (at, half) in self.halves.list().iter().enumerate() {
            let open = batch.open_span();
            *open.span = half.span(head);
            open.events.extend(take_of(&mut events, at));
            open.tags.extend(take_of(&mut tags, at));
            close(open);
        }
    }
}

/// Takes those of half `at` off the front.
fn take_of<'b, T: Copy>(list: &mut &'b [(usize, T)], at: usize) -> impl Iterator<Item = T> + use<'b, T> {
    let end = list.iter().position(|(half, _)| *half != at).unwrap_or(list.len());
    let (own, rest) = list.split_at(end);
    *list = rest;
    own.iter().map(|(_, thing)| *thing)
}

/// Endpoints that binary annotations name; empty where none is.
#[derive(Default)]
struct Addresses<'a> {
    client: EndpointRef<'a>,
    server: EndpointRef<'a>,
    broker: EndpointRef<'a>,
}

impl<'a> Core<'a> {
    /// Where an annotation of the core stands and the kind its reporter is by it; `None` for any other.
    fn place(&mut self, value: &str) -> Option<(&mut Option<Annotation<'a>>, Kind)> {
        Some(match value {
            "cs" => (&mut self.client_send, Kind::Client),
            "cr" => (&mut self.client_receive, Kind::Client),
            "sr" => (&mut self.server_receive, Kind::Server),
            "ss" => (&mut self.server_send, Kind::Server),
            "ms" => (&mut self.message_send, Kind::Producer),
            "mr" => (&mut self.message_receive, Kind::Consumer),
            "ws" => (&mut self.wire_send, Kind::Unspecified),
            "wr" => (&mut self.wire_receive, Kind::Unspecified),
            _ => return None,
        })
    }

    /// An end that the span's own time and duration reach tells where the beginning was.
    fn infer_beginnings(&mut self, head: &Head<'a>) {
        let beginning = |end: &Option<Annotation<'a>>| {
            let end = end.filter(|end| {
                let reaches = head.timestamp.wrapping_add(head.duration) == end.timestamp;
                head.timestamp != 0 && head.duration != 0 && reaches
            })?;
            Some(Annotation { timestamp: head.timestamp, ..end })
        };
        self.client_send = self.client_send.or_else(|| beginning(&self.client_receive));
        self.server_receive = self.server_receive.or_else(|| beginning(&self.server_send));
    }

    fn client_end(&self) -> Option<&Annotation<'a>> {
        self.client_send.as_ref().or(self.client_receive.as_ref())
    }

    fn server_end(&self) -> Option<&Annotation<'a>> {
        self.server_receive.as_ref().or(self.server_send.as_ref())
    }
}

fn is_same(a: &EndpointRef<'_>, b: &EndpointRef<'_>) -> bool {
    has_same_service(a, b) && EndpointRef { service: "", ..*a } == EndpointRef { service: "", ..*b }
}
