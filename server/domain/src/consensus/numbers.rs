//! The few functions of numbers that the model, the table and the fit share.

/// The log-odds of a chance.
pub(super) fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The chance that has these log-odds.
pub(super) fn sigmoid(log_odds: f64) -> f64 {
    // Two branches, so that the exponential never overflows.
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// ln(eˣ + eʸ), where either may be minus infinity.
pub(super) fn ln_add(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
