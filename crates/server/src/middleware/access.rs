//! Enforces who may call an endpoint: the level stands on the endpoint's type, once.

use super::session::Actor;
use crate::client::Client;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use yichuang_contract::endpoint::Access;

/// Lets a request through if its caller reaches the level.
pub async fn require(access: Access, mut request: Request, next: Next) -> Response {
    match access {
        Access::Anonymous => {}
        Access::Operator => {
            let client = request.extensions().get::<Client>();
            if !client.is_some_and(|client| client.is_operator) {
                // An outsider learns nothing about what operators have.
                return Failure::new(Kind::NotFound).into_response();
            }
        }
        Access::Account
        | Access::RealName
        | Access::Desk
        | Access::Officer
        | Access::Supervisor => match actor(
            access,
            request.extensions().get().cloned(),
            request.headers().clone(),
        )
        .await
        {
            Ok(actor) => {
                request.extensions_mut().insert(actor);
            }
            Err(failure) => return failure.into_response(),
        },
    }
    next.run(request).await
}

async fn actor(access: Access, app: Option<Shared>, headers: HeaderMap) -> Result<Actor, Failure> {
    let app = app.ok_or_else(|| Failure::internal(&"request without a server"))?;
    let actor = Actor::of(&app, &headers).await?;
    actor.require(access)?;
    Ok(actor)
}
