//! Takes photographs from a form: a stream, held to its limits, given up as a whole when it can't be used.

use super::error::{HttpError, takes_html};
use super::limits::{MAX_NAME_BYTES, MAX_TEXT_BYTES, UPLOADS};
use super::visitor::Signed;
use crate::language::locale;
use crate::service::importing::{Provenance, Upload};
use crate::service::{Failure, Outcome};
use crate::texts::imports as say;
use crate::world::World;
use app::api::ApiError;
use app::backend::{Door as _, Origin};
use app::viewer::Admin;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Time that a browser gets to finish sending what is refused already: one that is cut off shows no page.
const DRAIN_TIME: Duration = Duration::from_secs(5);

/// What the route needs.
#[derive(Clone)]
pub struct Uploads {
    world: World,
    places: Arc<Semaphore>,
}

impl Uploads {
    /// Nobody is uploading yet.
    pub fn new(world: &World) -> Self {
        Self { world: world.clone(), places: Arc::new(Semaphore::new(UPLOADS)) }
    }
}

/// `POST /project/{project}/import`, a form of several parts: `wnid`, then `licence`, `attribution`, `creator`,
/// `source_url` and `found_by` (each optional), then `files`. On success goes to the import's page, else back to the form with a
/// sentence.
pub async fn receive(
    State(uploads): State<Uploads>,
    Path(project): Path<i64>,
    Signed { right: admin, visitor }: Signed<Admin>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut fields = Fields::default();
    let received = match (form, uploads.places.try_acquire()) {
        (_, Err(_)) => Err(ApiError::TooOften { seconds: 60 }.into()),
        (Err(rejection), _) => Err(Failure::invalid(say::no_form(locale(), rejection.to_string()))),
        (Ok(mut form), Ok(_place)) => {
            let received = import(&uploads.world, &admin, project, &mut form, &mut fields).await;
            if received.is_err() {
                let _ = tokio::time::timeout(DRAIN_TIME, drain(&mut form)).await;
            }
            received
        }
    };
    match received {
        Ok(import) => Redirect::to(&format!("/import/{import}")).into_response(),
        Err(failure) => {
            let error = ApiError::from(failure);
            if !takes_html(&headers) {
                return HttpError::from(error).into_response();
            }
            if let Err(error) = visitor.leave_notice(&error.words(locale())).await {
                return HttpError::from(error).into_response();
            }
            Redirect::to(&format!("/project/{project}/import{}", fields.query())).into_response()
        }
    }
}

#[derive(Default)]
struct Fields {
    wnid: String,
    origin: Origin,
}

impl Fields {
    fn named(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "wnid" => Some(&mut self.wnid),
            "licence" => Some(&mut self.origin.licence),
            "attribution" => Some(&mut self.origin.attribution),
            "creator" => Some(&mut self.origin.creator),
            "found_by" => Some(&mut self.origin.found_by),
            "source_url" => Some(&mut self.origin.source_url),
            _ => None,
        }
    }

    /// Brings the synset back to the form.
    fn query(&self) -> String {
        let wnid: String = self.wnid.trim().chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        if wnid.is_empty() { String::new() } else { format!("?wnid={wnid}") }
    }
}

async fn import(
    world: &World,
    admin: &Admin,
    project: i64,
    form: &mut Multipart,
    fields: &mut Fields,
) -> Outcome<i64> {
    let mut upload = None;
    match stage(world, admin, project, form, fields, &mut upload).await {
        Ok(()) => match upload {
            Some(upload) => upload.finish().await,
            None => Err(Failure::invalid(say::none_chosen(locale()))),
        },
        Err(failure) => {
            if let Some(upload) = upload {
                upload.abandon(&failure_in_words(&failure)).await;
            }
            Err(failure)
        }
    }
}

async fn stage(
    world: &World,
    admin: &Admin,
    project: i64,
    form: &mut Multipart,
    fields: &mut Fields,
    upload: &mut Option<Upload>,
) -> Outcome<()> {
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(text) = fields.named(&name) {
            if upload.is_some() {
                return Err(Failure::invalid(say::after_files(locale(), name)));
            }
            *text = read_text(&name, &mut field).await?;
        } else if name == "files" {
            // A form in which nothing was chosen sends one file without name and content.
            let Some(file_name) = file_name(&field) else { continue };
            let upload = started(world, admin, project, fields, upload).await?;
            upload.open(&file_name).await?;
            while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
                upload.write(&chunk).await?;
            }
            upload.close().await?;
        } else {
            return Err(Failure::invalid(say::no_field(locale(), shortened(&name))));
        }
    }
    Ok(())
}

async fn started<'a>(
    world: &World,
    admin: &Admin,
    project: i64,
    fields: &Fields,
    upload: &'a mut Option<Upload>,
) -> Outcome<&'a mut Upload> {
    match upload {
        Some(upload) => Ok(upload),
        None => {
            let provenance = Provenance::parse(&fields.origin)?;
            Ok(upload.insert(Upload::start(world, admin, project, fields.wnid.trim(), provenance).await?))
        }
    }
}

async fn read_text(name: &str, field: &mut Field<'_>) -> Outcome<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > MAX_TEXT_BYTES {
            return Err(Failure::invalid(say::long_text(locale(), name, MAX_TEXT_BYTES)));
        }
    }
    String::from_utf8(bytes).map_err(|_| Failure::invalid(say::not_utf8(locale(), name)))
}

fn file_name(field: &Field<'_>) -> Option<String> {
    let name = field.file_name().unwrap_or_default();
    (!name.is_empty()).then(|| shortened(name))
}

fn shortened(name: &str) -> String {
    name.get(..name.floor_char_boundary(MAX_NAME_BYTES)).unwrap_or_default().to_owned()
}

async fn drain(form: &mut Multipart) {
    while let Ok(Some(mut field)) = form.next_field().await {
        while let Ok(Some(_)) = field.chunk().await {}
    }
}

/// The reader's own words name limits and boundaries; the reason of a cut-off body is one of ours.
fn unreadable(error: MultipartError) -> Failure {
    let mut reason: &dyn std::error::Error = &error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    Failure::invalid(say::upload_broke_off(locale(), reason.to_string()))
}

/// What an import that was given up says of itself.
fn failure_in_words(failure: &Failure) -> String {
    match failure {
        Failure::Refused(error) => error.to_string(),
        _ => "The upload could not be stored.".to_owned(),
    }
}
