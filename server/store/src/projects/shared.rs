//! Images that are candidates of several synsets of a project: few, and all that must be known to count every image once.

use domain::consensus::Verdict;
use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError};

/// One of the places of an image that has several.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct SharedImage {
    /// The image.
    pub sha256: String,
    /// A synset that it is a candidate of.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// What it was found to be there.
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
}

impl Store {
    /// Every candidate of a project, near duplicates left out, whose image is a candidate of another synset of the project too;
    /// those of one image follow each other.
    pub async fn shared_images(&self, project_id: i64) -> Result<Vec<SharedImage>, StoreError> {
        // The inner query reads the index on the hashes alone, and finds little.
        let sql = "select c.sha256, p.wnid, c.verdict
                   from (select sha256 from candidate group by sha256 having count(*) > 1) several
                   join candidate c on c.sha256 = several.sha256
                   join project_synset p on p.project_synset_id = c.project_synset_id
                   where p.project_id = $1 and c.duplicate_of is null
                   order by c.sha256, p.wnid";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_all(pool).await)
    }
}
