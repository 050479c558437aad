//! How a synset came to where it stands: votes and settled images, summed up over time.

use super::ProjectsService;
use crate::service::Outcome;
use app::api::projects::ProgressPoint;
use store::candidates::ProgressRow;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Steps of time that people think in.
const WIDTHS: [i64; 16] = [
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
];
/// More steps than this would be narrower than a drawing can show.
const MOST_STEPS: i64 = 60;

impl ProjectsService {
    pub(super) async fn progress(&self, project_synset: i64) -> Outcome<Vec<ProgressPoint>> {
        let Some((first, last)) = self.world.store.progress_span(project_synset).await? else {
            return Ok(Vec::new());
        };
        let width = width(last - first);
        let start = first.div_euclid(width) * width;
        let rows = self.world.store.progress(project_synset, start, width).await?;
        Ok(points(start, width, last, &rows))
    }
}

/// The narrowest step that fits the span into [`MOST_STEPS`].
fn width(span: i64) -> i64 {
    let usual = WIDTHS.into_iter().find(|width| span / width < MOST_STEPS);
    usual.unwrap_or_else(|| DAY * (span / (MOST_STEPS * DAY) + 1))
}

/// Sums over the steps, each at its end; the first point is where nothing has happened yet, the last one is `last`.
fn points(start: i64, width: i64, last: i64, rows: &[ProgressRow]) -> Vec<ProgressPoint> {
    let mut point = ProgressPoint { at: start, ..ProgressPoint::default() };
    let mut points = vec![point];
    let mut rows = rows.iter().peekable();
    for step in 0..=(last - start) / width {
        if let Some(row) = rows.next_if(|row| row.step == step) {
            point.votes += row.votes;
            point.positive += row.positive;
            point.negative += row.negative;
            point.escalated += row.escalated;
        }
        point.at = (start + width * (step + 1)).min(last.max(start + 1));
        points.push(point);
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_any_length_has_at_most_sixty_steps_of_a_usual_width() {
        assert_eq!(
            [0, HOUR - 1, HOUR, 3 * DAY, 29 * DAY].map(width),
            [MINUTE, MINUTE, 2 * MINUTE, 2 * HOUR, 12 * HOUR]
        );
        for span in [0, 7, HOUR, 9 * DAY, 400 * DAY, 20_000 * DAY] {
            assert!(span / width(span) < MOST_STEPS, "{span}");
        }
    }

    #[test]
    fn sums_go_on_through_steps_in_which_nothing_happened() {
        let row = |step, votes, positive| ProgressRow { step, votes, positive, negative: 0, escalated: 1 };
        let points = points(100, 10, 134, &[row(0, 5, 1), row(3, 2, 1)]);
        let shown: Vec<_> = points.iter().map(|p| (p.at, p.votes, p.positive, p.escalated)).collect();
        assert_eq!(shown, [(100, 0, 0, 0), (110, 5, 1, 1), (120, 5, 1, 1), (130, 5, 1, 1), (134, 7, 2, 2)]);
    }
}
