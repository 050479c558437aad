//! How sure a confidence table is of itself: an interval for each of its chances.
//!
//! A table is fitted to some hundred images; other images would have given a slightly other table. Near the fit the penalised
//! likelihood is nearly a normal distribution of the parameters (Laplace's approximation): its curvature says how far they may
//! be off, and the table's slopes say what that makes of each log-odds (the delta method). What the model can't know, such as
//! votes that follow another law, is not in it.

use super::{
    fit::curvature,
    model::{Coordinates, Model},
    newton::{Matrix, covariance},
    numbers::sigmoid,
    prior::Prior,
    sample::SampleImage,
    table::ConfidenceTable,
};

/// The step of the central differences.
const H: f64 = 1e-3;
/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// Where a chance lies, at 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end, 0 to 1.
    pub low: f64,
    /// The upper end, 0 to 1.
    pub high: f64,
}

/// The intervals of a table's chances. It follows from the sample that the table was fitted to and is never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty<'a> {
    table: &'a ConfidenceTable,
    /// Tables beside the fitted one: for each coordinate one step further and one step back.
    beside: Vec<(ConfidenceTable, ConfidenceTable)>,
    covariance: Matrix,
}

impl<'a> Uncertainty<'a> {
    /// How far the votes of a sample leave the table open that was fitted to it under a prior.
    #[must_use]
    pub fn of(table: &'a ConfidenceTable, sample: &[SampleImage], prior: &Prior) -> Self {
        let model = table.model();
        let moved = |place: usize, step: f64| {
            let mut coordinates: Coordinates = model.coordinates();
            if let Some(coordinate) = coordinates.get_mut(place) {
                *coordinate += step;
            }
            ConfidenceTable::new(&Model::at(coordinates, model.near_miss_share()), table.cap())
        };
        let beside = (0..prior.sd().len()).map(|place| (moved(place, H), moved(place, -H))).collect();
        let covariance = covariance(&curvature(sample, prior, model), &prior.sd());
        Self { table, beside, covariance }
    }

    /// The interval around [`ConfidenceTable::confidence`].
    #[must_use]
    pub fn interval(&self, yes: u32, no: u32) -> Interval {
        let (yes, no) = (f64::from(yes), f64::from(no));
        let log_odds = self.table.log_odds_at(yes, no);
        let reach = Z * self.standard_deviation(yes, no);
        Interval { low: sigmoid(log_odds - reach), high: sigmoid(log_odds + reach) }
    }

    /// Of the log-odds.
    fn standard_deviation(&self, yes: f64, no: f64) -> f64 {
        let slopes: Vec<f64> = self
            .beside
            .iter()
            .map(|(on, back)| (on.log_odds_at(yes, no) - back.log_odds_at(yes, no)) / (2.0 * H))
            .collect();
        let along = |row: &[f64; 5]| row.iter().zip(&slopes).map(|(c, slope)| c * slope).sum::<f64>();
        let variance: f64 = self.covariance.iter().zip(&slopes).map(|(row, slope)| slope * along(row)).sum();
        variance.max(0.0).sqrt()
    }
}
