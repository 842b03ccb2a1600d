//! Which requests there were, how they were answered and how long it took.

use std::{collections::HashMap, time::Duration};

use actix_web::http::{Method, StatusCode};
use irontrack_ports::tally::{Counter, Gauge, Histogram};
use utoipa::openapi::OpenApi;

/// What methods are called that are told apart; the last one stands for all others.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "other"];

/// The statuses that are told apart; whatever else there may be is `other`.
const STATUSES: [u16; 24] = [
    200, 201, 204, 206, 303, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 428, 429, 500, 503,
    504,
];

/// What the route is called of requests that no operation matches. Nobody can make up labels.
const NO_ROUTE: &str = "none";

/// Counts requests by route, method and status. All series are there from the start: counting takes no lock, and there are
/// never more of them, whatever is asked for.
#[derive(Debug)]
pub struct Traffic {
    /// Where the series of a route are.
    places: HashMap<String, usize>,
    routes: Vec<Route>,
    in_flight: Gauge,
}

#[derive(Debug)]
struct Route {
    template: String,
    methods: [Answers; METHODS.len()],
}

/// How requests of one method to one route were answered.
#[derive(Debug, Default)]
struct Answers {
    /// One more than statuses.
    statuses: [Counter; STATUSES.len() + 1],
    times: Histogram,
}

/// Answers of one status.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answered<'a> {
    pub(crate) route: &'a str,
    pub(crate) method: &'static str,
    pub(crate) status: String,
    pub(crate) requests: u64,
}

/// How long answers took.
#[derive(Debug)]
pub(crate) struct Took<'a> {
    pub(crate) route: &'a str,
    pub(crate) method: &'static str,
    pub(crate) times: &'a Histogram,
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct InFlight<'a>(&'a Traffic);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.add(-1);
    }
}

impl Traffic {
    /// Nothing yet, over the paths of the document and these.
    pub(crate) fn new(document: &OpenApi, others: &[&str]) -> Self {
        let paths = document.paths.paths.keys().map(String::as_str).chain(others.iter().copied());
        let templates: Vec<String> = std::iter::once(NO_ROUTE).chain(paths).map(str::to_owned).collect();
        Self {
            places: templates.iter().enumerate().map(|(place, template)| (template.clone(), place)).collect(),
            routes: templates.into_iter().map(|template| Route { template, methods: Default::default() }).collect(),
            in_flight: Gauge::new(),
        }
    }

    /// A request has come.
    pub(crate) fn begin(&self) -> InFlight<'_> {
        self.in_flight.add(1);
        InFlight(self)
    }

    /// A request has been answered. Without a route, none has matched.
    pub(crate) fn answered(&self, route: Option<&str>, method: &Method, status: StatusCode, time: Duration) {
        let place = route.and_then(|route| self.places.get(route)).copied().unwrap_or_default();
        let last = METHODS.len() - 1;
        let method = METHODS.iter().position(|name| *name == method.as_str()).unwrap_or(last);
        let Some(answers) = self.routes.get(place).and_then(|route| route.methods.get(method)) else { return };
        let status = STATUSES.binary_search(&status.as_u16()).unwrap_or(STATUSES.len());
        if let Some(counter) = answers.statuses.get(status) {
            counter.increment();
        }
        answers.times.observe(time);
    }

    /// How many requests are being answered now.
    pub(crate) fn in_flight(&self) -> i64 {
        self.in_flight.get()
    }

    /// All that was counted.
    pub(crate) fn answers(&self) -> impl Iterator<Item = Answered<'_>> {
        self.series()
            .flat_map(|(route, method, answers)| {
                let names = STATUSES.iter().map(u16::to_string).chain(["other".to_owned()]);
                names.zip(&answers.statuses).map(move |(status, counter)| {
                    let requests = counter.get();
                    Answered { route, method, status, requests }
                })
            })
            .filter(|answered| answered.requests > 0)
    }

    /// How long what was counted took.
    pub(crate) fn times(&self) -> impl Iterator<Item = Took<'_>> {
        self.series()
            .filter(|(_, _, answers)| answers.statuses.iter().any(|counter| counter.get() > 0))
            .map(|(route, method, answers)| Took { route, method, times: &answers.times })
    }

    fn series(&self) -> impl Iterator<Item = (&str, &'static str, &Answers)> {
        self.routes.iter().flat_map(|route| {
            METHODS.iter().zip(&route.methods).map(|(method, answers)| (route.template.as_str(), *method, answers))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn traffic() -> Traffic {
        Traffic::new(&crate::openapi(), &["/docs"])
    }

    #[test]
    fn what_is_not_known_shares_one_label() {
        let traffic = traffic();
        let odd = Method::from_bytes(b"BREW").unwrap();
        for path in ["/api/v1/nothing", "/../etc", "none"] {
            traffic.answered(Some(path), &odd, StatusCode::from_u16(418).unwrap(), Duration::ZERO);
        }
        traffic.answered(None, &odd, StatusCode::IM_A_TEAPOT, Duration::ZERO);
        let expected = Answered { route: "none", method: "other", status: "other".into(), requests: 4 };
        assert_eq!(traffic.answers().collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn statuses_are_told_apart() {
        assert!(STATUSES.is_sorted(), "they are searched");
        let traffic = traffic();
        for status in [StatusCode::OK, StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE] {
            traffic.answered(Some("/health"), &Method::GET, status, Duration::from_millis(3));
        }
        let counted: Vec<_> = traffic.answers().map(|answered| (answered.status, answered.requests)).collect();
        assert_eq!(counted, [("200".to_owned(), 2), ("503".to_owned(), 1)]);
        let times = traffic.times().next().unwrap();
        assert_eq!((times.route, times.method), ("/health", "GET"));
        assert!((times.times.seconds() - 0.009).abs() < 1e-9);
    }

    #[test]
    fn a_request_is_in_flight_until_it_is_gone() {
        let traffic = traffic();
        let request = traffic.begin();
        assert_eq!(traffic.in_flight(), 1);
        drop(request);
        assert_eq!(traffic.in_flight(), 0);
    }

    /// The bound is far above what it takes, and far below what anybody would notice of a request.
    #[test]
    fn counting_a_request_costs_next_to_nothing() {
        const ROUNDS: u32 = 100_000;
        let traffic = traffic();
        let started = Instant::now();
        for _ in 0..ROUNDS {
            let _in_flight = traffic.begin();
            let route = std::hint::black_box(Some("/api/v1/training-sessions/{session_id}"));
            traffic.answered(route, &Method::GET, StatusCode::OK, Duration::from_micros(1500));
        }
        let each = started.elapsed() / ROUNDS;
        println!("counting a request: {each:?}");
        assert!(each.as_micros() < 20, "{each:?}");
    }
}
