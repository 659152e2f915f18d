//! Field numbers of the messages of zipkin.proto3.

/// `ListOfSpans`.
pub mod list {
    pub const SPANS: u32 = 1;
}

/// `Span`.
pub mod span {
    pub const TRACE_ID: u32 = 1;
    pub const PARENT_ID: u32 = 2;
    pub const ID: u32 = 3;
    pub const KIND: u32 = 4;
    pub const NAME: u32 = 5;
    pub const TIMESTAMP: u32 = 6;
    pub const DURATION: u32 = 7;
    pub const LOCAL_ENDPOINT: u32 = 8;
    pub const REMOTE_ENDPOINT: u32 = 9;
    pub const ANNOTATIONS: u32 = 10;
    pub const TAGS: u32 = 11;
    pub const DEBUG: u32 = 12;
    pub const SHARED: u32 = 13;
}

/// `Endpoint`.
pub mod endpoint {
    pub const SERVICE_NAME: u32 = 1;
    pub const IPV4: u32 = 2;
    pub const IPV6: u32 = 3;
    pub const PORT: u32 = 4;
}

/// `Annotation`.
pub mod annotation {
    pub const TIMESTAMP: u32 = 1;
    pub const VALUE: u32 = 2;
}

/// An entry of the map of tags.
pub mod tag {
    pub const KEY: u32 = 1;
    pub const VALUE: u32 = 2;
}
