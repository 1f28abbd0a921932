//! Enforces who may call an endpoint: the level stands on the endpoint's type, once.

use crate::client::Client;
use crate::problem::{Failure, Kind};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use yichuang_contract::endpoint::Access;

/// Lets a request through if its caller reaches the level.
pub async fn require(access: Access, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>().copied();
    match access {
        Access::Anonymous => next.run(request).await,
        Access::Operator if client.is_some_and(|client| client.is_operator) => {
            next.run(request).await
        }
        // An outsider learns nothing about what operators have.
        Access::Operator => Failure::new(Kind::NotFound).into_response(),
        // Nobody can sign in yet, so nobody reaches these levels.
        Access::Account
        | Access::RealName
        | Access::Desk
        | Access::Officer
        | Access::Supervisor => Failure::new(Kind::SignInNeeded).into_response(),
    }
}
