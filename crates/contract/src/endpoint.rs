//! Endpoints as types: method, path, request, response and who may call, each written once.

use serde::{Deserialize, Serialize};

/// HTTP method of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create or compute.
    Post,
    /// Change.
    Put,
    /// Remove.
    Delete,
}

/// Who may call an endpoint (访问级别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Everybody.
    Anonymous,
    /// Whoever is signed in.
    Account,
    /// A person whose real name has been proved.
    RealName,
    /// A front desk of a hotel.
    Desk,
    /// An officer.
    Officer,
    /// A supervisor.
    Supervisor,
    /// Only from the machine itself or the monitoring network.
    Operator,
}

/// One endpoint of the API.
pub trait Endpoint {
    /// Method.
    const METHOD: Method;
    /// Path pattern in axum's syntax, such as `/api/v1/services/{code}`.
    const PATH: &'static str;
    /// Who may call.
    const ACCESS: Access;
    /// Body of the request; `()` for none.
    type Request;
    /// Body of a successful answer.
    type Response;
}

/// Declares an endpoint.
macro_rules! endpoint {
    ($(#[$doc:meta])* $name:ident, $method:ident $path:literal, $access:ident, $request:ty => $response:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::endpoint::Endpoint for $name {
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACCESS: $crate::endpoint::Access = $crate::endpoint::Access::$access;
            type Request = $request;
            type Response = $response;
        }
    };
}
pub(crate) use endpoint;
