//! Who watches a project is told when it changes: one task reads it for all who watch, and only while somebody does.

use super::Outcome;
use super::judging::Tables;
use super::projects::project_now;
use crate::world::World;
use app::api::watching::ProjectNow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::select;
use tokio::sync::watch;

/// After a change, so long is waited for others that come with it.
const DEBOUNCE: Duration = Duration::from_millis(500);
/// What another server or a job changes rings no bell here: it is looked for this often.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// The project as it was read last; none before the first time. A new value is the whole state, so missing one is no loss.
pub type Seen = watch::Receiver<Option<Arc<ProjectNow>>>;

/// Where the present state of a project is told.
type Told = watch::Sender<Option<Arc<ProjectNow>>>;

/// The projects that are being watched.
#[derive(Clone)]
pub struct Watching {
    world: World,
    tables: Tables,
    projects: Arc<Mutex<HashMap<i64, Told>>>,
}

impl Watching {
    /// Nobody watches yet.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default(), projects: Arc::default() }
    }

    /// Watches a project. It has been read once when this returns.
    ///
    /// # Errors
    /// No such project; the database.
    pub async fn watch(&self, project: i64) -> Outcome<Seen> {
        if let Some(sender) = self.projects().get(&project) {
            return Ok(sender.subscribe());
        }
        let now = Arc::new(project_now(&self.world, &self.tables, project).await?);
        let mut projects = self.projects();
        if let Some(sender) = projects.get(&project) {
            return Ok(sender.subscribe());
        }
        let (sender, seen) = watch::channel(Some(now));
        projects.insert(project, sender.clone());
        drop(projects);
        tokio::spawn(self.clone().follow(project, sender));
        Ok(seen)
    }

    /// How many projects are being read for somebody.
    pub fn watched(&self) -> usize {
        self.projects().len()
    }

    /// Reads the project whenever it may have changed, until nobody watches any more or the server stops.
    async fn follow(self, project: i64, sender: watch::Sender<Option<Arc<ProjectNow>>>) {
        let mut beats = self.world.live.beats();
        loop {
            select! {
                () = self.world.live.ended() => return self.forget(project),
                () = sender.closed() => {
                    if self.forget_unwatched(project, &sender) {
                        return;
                    }
                }
                Ok(()) = beats.changed() => {
                    tokio::time::sleep(DEBOUNCE).await;
                    beats.borrow_and_update();
                    self.read(project, &sender).await;
                }
                () = tokio::time::sleep(LOOK_AGAIN) => self.read(project, &sender).await,
            }
        }
    }

    async fn read(&self, project: i64, sender: &watch::Sender<Option<Arc<ProjectNow>>>) {
        match project_now(&self.world, &self.tables, project).await {
            Ok(now) => {
                sender.send_if_modified(|before| {
                    let changed = before.as_deref() != Some(&now);
                    if changed {
                        *before = Some(Arc::new(now));
                    }
                    changed
                });
            }
            // What is shown stays; the next time may do better.
            Err(error) => tracing::warn!(%error, project, "a project that is watched could not be read"),
        }
    }

    /// Whether nobody watches: somebody may have come while the last one left.
    fn forget_unwatched(&self, project: i64, sender: &watch::Sender<Option<Arc<ProjectNow>>>) -> bool {
        let mut projects = self.projects();
        let unwatched = sender.receiver_count() == 0;
        if unwatched {
            projects.remove(&project);
        }
        unwatched
    }

    fn forget(&self, project: i64) {
        self.projects().remove(&project);
    }

    fn projects(&self) -> MutexGuard<'_, HashMap<i64, watch::Sender<Option<Arc<ProjectNow>>>>> {
        self.projects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
