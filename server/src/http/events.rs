//! An open project page is told when the project changes (Server-Sent Events): always whole states, so that a page that lost
//! its line is right again with the first event.

use super::error::HttpError;
use super::limits::{LIVE_LIFE, LIVE_SIGN, LIVE_STREAMS};
use super::visitor::Signed;
use crate::live::Live;
use crate::service::watching::{Seen, Watching};
use crate::world::World;
use app::api::ApiError;
use app::api::watching::{LiveEvent, ProjectNow, SynsetNow};
use app::pages::live_event;
use app::viewer::Manager;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::stream::{Stream, unfold};
use serde::Deserialize;
use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::select;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// A browser that lost its line tries again after this time.
const RETRY: Duration = Duration::from_secs(2);

/// What the route needs.
#[derive(Clone)]
pub struct Events {
    watching: Watching,
    live: Live,
    places: Arc<Semaphore>,
}

impl Events {
    /// Nobody is watching yet.
    pub fn new(world: &World) -> Self {
        Self {
            watching: Watching::new(world.clone()),
            live: world.live.clone(),
            places: Arc::new(Semaphore::new(LIVE_STREAMS)),
        }
    }
}

/// Which rows a page shows.
#[derive(Deserialize)]
pub struct Asked {
    /// Wnids with commas, or `all`.
    #[serde(default)]
    rows: String,
}

/// `GET /project/{project}/events?rows=…`, for managers.
///
/// # Errors
/// 404 for an unknown project; 429 when too many pages are being kept up to date.
pub async fn events(
    State(events): State<Events>,
    Path(project): Path<i64>,
    Query(asked): Query<Asked>,
    _: Signed<Manager>,
) -> Result<Response, HttpError> {
    let place = events.places.try_acquire_owned().map_err(|_| ApiError::TooOften { seconds: 30 })?;
    let mut seen = events.watching.watch(project).await.map_err(ApiError::from)?;
    // What was read already is news to this page.
    seen.mark_changed();
    let line = Line {
        seen,
        live: events.live,
        rows: Rows::named(&asked.rows),
        told: None,
        number: 0,
        // Then the browser comes back, and whether its visitor may still look is asked again.
        until: Instant::now() + LIVE_LIFE,
        _place: place,
    };
    let stream = Sse::new(line.events()).keep_alive(KeepAlive::new().interval(LIVE_SIGN));
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // A proxy that collects the answer before it passes it on would pass on nothing.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, stream).into_response())
}

struct Line {
    seen: Seen,
    live: Live,
    rows: Rows,
    told: Option<Arc<ProjectNow>>,
    number: u64,
    until: Instant,
    _place: OwnedSemaphorePermit,
}

impl Line {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> + Send {
        unfold(self, |mut line| async move {
            let event = line.next().await?;
            Some((Ok(event), line))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            select! {
                biased;
                () = self.live.ended() => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                changed = self.seen.changed() => changed.ok()?,
            }
            let Some(now) = self.seen.borrow_and_update().clone() else { continue };
            let told = live_event(&now, self.rows.of(&now, self.told.as_deref()));
            self.told = Some(now);
            self.number += 1;
            match event(&told, self.number) {
                Ok(event) => return Some(event),
                Err(error) => tracing::error!(%error, "a project's figures can't be written as JSON"),
            }
        }
    }
}

fn event(told: &LiveEvent, number: u64) -> Result<Event, axum::Error> {
    Event::default().id(number.to_string()).retry(RETRY).json_data(told)
}

/// The rows that a page shows.
enum Rows {
    All,
    Named(HashSet<String>),
}

impl Rows {
    fn named(text: &str) -> Self {
        match text {
            "all" => Self::All,
            _ => Self::Named(text.split(',').filter(|wnid| !wnid.is_empty()).map(str::to_owned).collect()),
        }
    }

    /// Those that are not as they were told; all of them to who was told nothing yet.
    fn of<'a>(
        &'a self,
        now: &'a ProjectNow,
        told: Option<&'a ProjectNow>,
    ) -> impl Iterator<Item = &'a SynsetNow> {
        let shown = |row: &&SynsetNow| match self {
            Self::All => true,
            Self::Named(wnids) => wnids.contains(&row.wnid),
        };
        let known = move |row: &SynsetNow| {
            let rows = &told?.rows;
            rows.get(rows.binary_search_by(|other| other.wnid.cmp(&row.wnid)).ok()?)
        };
        // Another price changes every cell that has a cost.
        let same_price = told.is_some_and(|told| told.outlook.price == now.outlook.price);
        now.rows.iter().filter(shown).filter(move |row| !same_price || known(row) != Some(*row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(votes: &[(&str, i64)]) -> ProjectNow {
        let row = |(wnid, votes): &(&str, i64)| SynsetNow {
            wnid: (*wnid).to_owned(),
            state: app::api::projects::SynsetState::Labelling,
            paused: false,
            totals: app::api::projects::Totals { votes: *votes, ..Default::default() },
            difficulty: None,
            expected_votes: None,
        };
        ProjectNow { rows: votes.iter().map(row).collect(), ..ProjectNow::default() }
    }

    fn told(rows: &Rows, now: &ProjectNow, before: Option<&ProjectNow>) -> Vec<String> {
        rows.of(now, before).map(|row| row.wnid.clone()).collect()
    }

    #[test]
    fn who_knows_nothing_is_told_everything_that_is_shown_and_then_what_changes() {
        let (before, now) = (project(&[("n1", 1), ("n3", 1)]), project(&[("n1", 1), ("n2", 0), ("n3", 2)]));
        assert_eq!(told(&Rows::named("all"), &now, None), ["n1", "n2", "n3"]);
        assert_eq!(told(&Rows::named("n1,n3"), &now, None), ["n1", "n3"]);
        assert_eq!(told(&Rows::named("all"), &now, Some(&before)), ["n2", "n3"]);
        assert_eq!(told(&Rows::named("n1"), &now, Some(&before)), [""; 0]);
        assert_eq!(told(&Rows::named(""), &now, None), [""; 0]);
    }
}
