//! Endpoints, which both versions write alike.

use super::{Failed, Reader};
use crate::batch::EndpointRef;
use crate::decode_error::Fault;
use crate::zipkin::ip::parse_ip;
use core::net::IpAddr;

/// The endpoint read last, and the object it was read from: a reporter's spans have one.
#[derive(Default)]
pub(crate) struct LastEndpoint<'a> {
    object: &'a str,
    endpoint: EndpointRef<'a>,
}

impl<'a> LastEndpoint<'a> {
    /// Reads an endpoint, or knows it. An object ends with its brace, so the same text is the same object.
    pub fn read(&mut self, reader: &mut Reader<'a>, depth: usize) -> Result<EndpointRef<'a>, Failed> {
        if self.object.is_empty() || !reader.skip_text(self.object) {
            let from = reader.at();
            let endpoint = endpoint(reader, depth)?;
            *self = LastEndpoint { object: reader.read_since(from), endpoint };
        }
        Ok(self.endpoint)
    }
}

/// Reads an endpoint that stands inside `depth` lists and objects.
pub(crate) fn endpoint<'a>(reader: &mut Reader<'a>, depth: usize) -> Result<EndpointRef<'a>, Failed> {
    let mut endpoint = EndpointRef::default();
    let mut name = reader.object()?;
    while let Some(field) = name {
        if !reader.null()? {
            match field {
                "serviceName" => endpoint.service = reader.string()?,
                // Either name takes either family.
                "ipv4" | "ipv6" => match parse_ip(reader.string()?) {
                    Some(IpAddr::V4(address)) => endpoint.ipv4 = Some(address),
                    Some(IpAddr::V6(address)) => endpoint.ipv6 = Some(address),
                    None => {}
                },
                "port" => {
                    let port = reader.int()?.max(0);
                    endpoint.port = reader.checked(u16::try_from(port).map_err(|_| Fault::InvalidPort(port)))?;
                }
                _ => reader.skip(depth + 1)?,
            }
        }
        name = reader.next_name()?;
    }
    Ok(endpoint)
}
