//! What an admin does before the crowd comes: account, project, settings, synsets, pictures, open doors.

use crate::browser::{Browser, Fields, Wanted};
use crate::options::Options;
use crate::picture;
use crate::plan::{Plan, PlannedSynset};
use crate::trouble::Trouble;
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use std::time::Duration;

/// Time between two looks at an import.
const LOOK: Duration = Duration::from_millis(500);
/// Looks at an import before it counts as stuck.
const LOOKS: u32 = 1_200;

/// Votes on each image of the initial sample.
pub const INITIAL_VOTES: u32 = 10;
/// Confidence at or below which an image is negative.
pub const REJECTION: f64 = 0.10;

/// Signs in as an admin, by the one-time link if there is one.
///
/// # Errors
/// The server can't be reached or refuses.
pub async fn admin(options: &Options) -> Result<Browser, Trouble> {
    let browser = Browser::new(&options.server, 0)?;
    let password = ("password", options.password.clone());
    let (path, fields) = match (&options.admin_link, &options.admin) {
        (Some(link), _) => {
            let token = link.rsplit('/').next().unwrap_or_default().to_owned();
            let name = "crowd-admin".to_owned();
            ("/api/accept_invitation", fields([("token", token), ("name", name), password]))
        }
        (None, Some(name)) => ("/api/sign_in", fields([("name", name.clone()), password])),
        (None, None) => return Err(Trouble::Options("say --admin-link or --admin".to_owned())),
    };
    browser.post(path, &fields, Wanted::Json).await?.expect(StatusCode::OK, "to be let in")?;
    Ok(browser)
}

/// Makes a project with the plan's synsets and pictures, open for sign-up; returns its id.
///
/// # Errors
/// The server refuses something.
pub async fn project(admin: &Browser, options: &Options, plan: &Plan) -> Result<i64, Trouble> {
    let name = format!("Crowd {}: {} workers, {} pictures", options.seed, options.workers, plan.pictures());
    let made = change(admin, "create_project", fields([("name", name)])).await?;
    let id = made.location.as_deref().and_then(|path| path.rsplit('/').next()?.parse::<i64>().ok());
    let Some(project) = id else { return Err(made.unexpected("the new project's address")) };
    change(admin, "change_settings", settings(project, options)).await?;
    let list = plan.synsets.iter().map(|synset| synset.wnid).collect::<Vec<_>>().join(" ");
    change(admin, "seed_synsets", fields([("project", project.to_string()), ("request[list]", list)]))
        .await?;
    change(admin, "change_entry", entry(project)).await?;
    for synset in &plan.synsets {
        import(admin, project, synset).await?;
    }
    change(admin, "set_open_sign_up", fields([("open", "true".to_owned())])).await?;
    Ok(project)
}

fn settings(project: i64, options: &Options) -> Fields {
    let values = [
        ("target_precision", options.target.to_string()),
        ("method", "table".to_owned()),
        ("threshold", String::new()),
        ("rejection", REJECTION.to_string()),
        ("initial_sample", options.sample.to_string()),
        ("initial_votes", INITIAL_VOTES.to_string()),
        ("votes_cap", options.cap.to_string()),
        ("batch_size", options.batch.to_string()),
        ("batch_size_phone", options.batch.to_string()),
        ("duplicate_distance", "8".to_owned()),
    ];
    let settings = values.into_iter().map(|(name, value)| (format!("settings[{name}]"), value));
    std::iter::once(("project".to_owned(), project.to_string())).chain(settings).collect()
}

/// What comes before the first batch: terms to agree to, and a question about each synset's meaning.
fn entry(project: i64) -> Fields {
    let terms = "The pictures are made up.\n\nYour answers are only used to test this program.";
    fields([
        ("project", project.to_string()),
        ("terms", terms.to_owned()),
        ("definition_questions", "true".to_owned()),
    ])
}

/// Uploads a synset's pictures as one archive, and waits until every file has been looked at.
async fn import(admin: &Browser, project: i64, synset: &PlannedSynset) -> Result<(), Trouble> {
    let files = synset.pictures.iter().enumerate();
    let archive =
        picture::archive(files.map(|(i, picture)| (format!("{i:05}.jpg"), picture.bytes.as_slice())))?;
    let form = Form::new()
        .text("wnid", synset.wnid)
        .text("licence", "CC0-1.0")
        .text("attribution", "Synthetic pictures of the crowd simulator")
        .part("files", Part::bytes(archive).file_name("pictures.zip"));
    let sent = admin.upload(&format!("/project/{project}/import"), form).await?;
    let path = sent.location.clone().filter(|path| path.starts_with("/import/"));
    let Some(path) = path else { return Err(sent.unexpected("the import's address")) };
    let page = finished(admin, &path).await?;
    let copies = synset.pictures.len() - synset.originals().count();
    let counts = [
        ("Added", synset.originals().count()),
        ("Near duplicates", copies),
        ("Known already", 0),
        ("Refused", 0),
    ];
    for (name, expected) in counts {
        let found = figure(&page, name);
        if found != Some(expected) {
            let lacks = format!(
                "says {name}: {found:?}; of {} pictures it should be {expected}",
                synset.pictures.len()
            );
            return Err(Trouble::Page { path, lacks });
        }
    }
    Ok(())
}

/// The page of an import when every file has been looked at.
async fn finished(admin: &Browser, path: &str) -> Result<String, Trouble> {
    for _ in 0..LOOKS {
        let page = admin.get(path).await?.expect(StatusCode::OK, "the import's page")?.body;
        if page.contains(">Finished<") {
            return Ok(page);
        }
        if page.contains(">Failed<") {
            return Err(Trouble::Page {
                path: path.to_owned(),
                lacks: "says that the import failed".to_owned(),
            });
        }
        tokio::time::sleep(LOOK).await;
    }
    Err(Trouble::Page { path: path.to_owned(), lacks: "never says that the import is finished".to_owned() })
}

/// A figure at the head of a page, by its name.
fn figure(page: &str, name: &str) -> Option<usize> {
    // Leptos puts an empty comment behind a text whose type is erased.
    let page = page.replace("<!>", "");
    let (_, after) = page.split_once(&format!("<dt>{name}</dt><dd>"))?;
    after.split('<').next()?.replace(',', "").parse().ok()
}

async fn change(admin: &Browser, function: &str, fields: Fields) -> Result<crate::browser::Reply, Trouble> {
    let reply = admin.post(&format!("/api/{function}"), &fields, Wanted::Json).await?;
    reply.expect(StatusCode::OK, "it to be done")
}

/// Fields of a form.
pub fn fields<const N: usize>(fields: [(&str, String); N]) -> Fields {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
