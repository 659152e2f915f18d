//! OTLP traces in protobuf: decoded by a borrowed walker, shown to Zipkin's readers by its mapping.

use crate::model::ValueRef;

/// Looks an attribute up in a resource as kept in [`crate::OtlpParts::resource`].
pub fn resource_attribute<'a>(_resource: &'a [u8], _key: &str) -> Option<ValueRef<'a>> {
    None
}
