//! How many requests are worked on at the same time. One more is sent away at once, while that is cheap: a queue would only
//! make everybody late, and answers that come too late are work for nothing.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Problem;

/// What tells whether the service lives and is ready must be answered also when it has its hands full.
const ALWAYS: [&str; 2] = ["/health", "/ping"];

/// Room for requests that are worked on, shared by all workers.
#[derive(Debug, Clone)]
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    pub(crate) fn new(requests: usize) -> Self {
        Self(Arc::new(Semaphore::new(requests)))
    }

    fn enter(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.0.clone().try_acquire_owned().map_err(|_| Problem::overloaded())
    }
}

/// The place of one request in the room.
struct Place {
    room: Room,
    /// Nothing while the request stands aside.
    permit: RefCell<Option<OwnedSemaphorePermit>>,
}

/// Lets a request in, or sends it away.
pub(crate) async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if ALWAYS.contains(&request.path()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let Some(room) = request.app_data::<web::Data<Room>>().map(|room| room.get_ref().clone()) else {
        return Ok(request.error_response(Problem::internal("the application has no room")));
    };
    let permit = match room.enter() {
        Ok(permit) => RefCell::new(Some(permit)),
        Err(problem) => return Ok(request.error_response(problem)),
    };
    let place = Rc::new(Place { room, permit });
    request.extensions_mut().insert(place.clone());
    let answered = next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    // The request lives on as long as its answer is written, to a client that may be slow.
    step_out(&place);
    answered
}

fn step_out(place: &Place) {
    drop(place.permit.take());
}

/// Makes room for others while a client takes its time.
pub(crate) fn step_aside(request: &HttpRequest) {
    if let Some(place) = request.extensions().get::<Rc<Place>>() {
        step_out(place);
    }
}

/// Takes a place again, if there is one.
pub(crate) fn come_back(request: &HttpRequest) -> Result<(), Problem> {
    if let Some(place) = request.extensions().get::<Rc<Place>>() {
        place.permit.replace(Some(place.room.enter()?));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn who_stands_aside_makes_room_and_may_find_none_again() {
        let room = Room::new(1);
        let request = TestRequest::default().to_http_request();
        let permit = RefCell::new(Some(room.enter().unwrap()));
        request.extensions_mut().insert(Rc::new(Place { room: room.clone(), permit }));
        assert_eq!(room.enter().unwrap_err().status(), 503);
        step_aside(&request);
        let other = room.enter().unwrap();
        assert_eq!(come_back(&request).unwrap_err().status(), 503);
        drop(other);
        come_back(&request).unwrap();
        assert_eq!(room.enter().unwrap_err().status(), 503);
    }
}
