//! What the project's pages say in the end: which picture is in which gallery.

use crate::batch::pictures;
use crate::browser::Browser;
use crate::html::tags;
use crate::plan::Plan;
use crate::trouble::Trouble;
use reqwest::StatusCode;
use std::collections::BTreeSet;

/// Hashes of the pictures in each gallery of a synset.
#[derive(Debug, Default)]
pub struct Standing {
    /// Settled: shows the synset.
    pub positive: BTreeSet<String>,
    /// Settled: does not.
    pub negative: BTreeSet<String>,
    /// Not settled.
    pub open: BTreeSet<String>,
    /// For an expert.
    pub escalated: BTreeSet<String>,
    /// Near duplicates.
    pub duplicate: BTreeSet<String>,
}

/// Reads the galleries of every synset of the plan, in its order.
///
/// # Errors
/// The server refuses a page.
pub async fn read(admin: &Browser, project: i64, plan: &Plan) -> Result<Vec<Standing>, Trouble> {
    let mut standings = Vec::new();
    for synset in &plan.synsets {
        let path = format!("/project/{project}/synset/{}", synset.wnid);
        standings.push(Standing {
            positive: gallery(admin, &path, "positive").await?,
            negative: gallery(admin, &path, "negative").await?,
            open: gallery(admin, &path, "open").await?,
            escalated: gallery(admin, &path, "escalated").await?,
            duplicate: gallery(admin, &path, "duplicate").await?,
        });
    }
    Ok(standings)
}

async fn gallery(admin: &Browser, path: &str, kind: &str) -> Result<BTreeSet<String>, Trouble> {
    let (mut found, mut after) = (BTreeSet::new(), String::new());
    loop {
        let address = format!("{path}?show={kind}{after}");
        let page = admin.get(&address).await?.expect(StatusCode::OK, "a synset's page")?.body;
        let before = found.len();
        found.extend(pictures(&page));
        match next(&page, kind) {
            Some(cursor) if found.len() > before => after = format!("&after={cursor}"),
            Some(_) => {
                return Err(Trouble::Page { path: address, lacks: "leads on without an end".to_owned() });
            }
            None => return Ok(found),
        }
    }
}

/// The cursor in the link to the gallery's next page.
fn next(page: &str, kind: &str) -> Option<String> {
    let links = tags(page, "a");
    let addresses = links.iter().filter_map(|link| link.get("href")?.split('#').next());
    let parameters = addresses.filter_map(|address| address.split_once('?').map(|(_, query)| query));
    let of_this =
        parameters.filter(|query| query.split('&').any(|pair| pair.strip_prefix("show=") == Some(kind)));
    of_this.flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("after=")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_of_a_gallery_is_found() {
        let page = r##"<a href="/x?show=open&amp;after=1">a</a><a href="/x?show=positive&amp;after=88#gallery">b</a>"##;
        assert_eq!(next(page, "positive").as_deref(), Some("88"));
        assert_eq!(next(page, "negative"), None);
    }
}
