//! A replay's report, for people and for programs.

use super::name;
use domain::replay::{Figures, Method, Report};
use serde_json::{Value, json};

pub(super) fn json(method: Method, report: &Report) -> String {
    let synsets: Vec<Value> = report
        .synsets
        .iter()
        .map(|(name, figures)| {
            let mut shown = of(figures);
            if let Some(fields) = shown.as_object_mut() {
                fields.insert("synset".to_owned(), json!(name));
            }
            shown
        })
        .collect();
    let bins: Vec<Value> = report
        .calibration
        .iter()
        .map(
            |bin| json!({ "from": bin.from, "tasks": bin.tasks, "stated": bin.stated, "measured": bin.good }),
        )
        .collect();
    let all = json!({
        "policy": name(method),
        "total": of(&report.total),
        "synsets": synsets,
        "calibration": bins,
    });
    all.to_string()
}

fn of(figures: &Figures) -> Value {
    json!({
        "tasks": figures.tasks,
        "positive": figures.positive,
        "negative": figures.negative,
        "escalated": figures.escalated,
        "undecided": figures.undecided,
        "on_hold": figures.on_hold,
        "votes": figures.votes,
        "votes_per_image": figures.votes_per_image,
        "votes_per_accepted": figures.votes_per_accepted,
        "stated_precision": figures.stated_precision,
        "measured_precision": figures.measured_precision,
        "stated_minus_measured": figures.stated_minus_measured(),
        "recall": figures.recall,
        "agreement": figures.agreement.map(|of| json!({
            "pairwise": of.pairwise,
            "fleiss_kappa": of.fleiss_kappa,
            "krippendorff_alpha": of.krippendorff_alpha,
        })),
    })
}

pub(super) fn text(report: &Report) -> String {
    let width = report.synsets.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).clamp(6, 32);
    let mut lines = vec![format!(
        "{:width$}  tasks   positive   negative  escalated  undecided    on hold      votes  v/image  v/accepted  stated  measured    diff  recall",
        "synset"
    )];
    lines.extend(report.synsets.iter().map(|(name, figures)| line(name, figures, width)));
    lines.push(line("all", &report.total, width));
    if let Some(agreement) = report.total.agreement {
        let known = |figure: Option<f64>| figure.map_or("–".to_owned(), |x| format!("{x:.3}"));
        lines.push(String::new());
        lines.push(format!(
            "all recorded votes: pairwise agreement {:.3}, Fleiss' kappa {}, Krippendorff's alpha {}",
            agreement.pairwise,
            known(agreement.fleiss_kappa),
            known(agreement.krippendorff_alpha)
        ));
    }
    if !report.calibration.is_empty() {
        lines.push(String::new());
        lines.push("confidence from     tasks  stated  measured".to_owned());
        lines.extend(report.calibration.iter().map(|bin| {
            format!("{:>15.3} {:>9.1} {:>7.4} {:>9.4}", bin.from, bin.tasks, bin.stated, bin.good)
        }));
    }
    lines.join("\n")
}

fn line(name: &str, figures: &Figures, width: usize) -> String {
    let name: String = name.chars().take(width).collect();
    let known =
        |figure: Option<f64>, digits: usize| figure.map_or("–".to_owned(), |x| format!("{x:.digits$}"));
    format!(
        "{name:width$} {:>6.0} {:>10.1} {:>10.1} {:>10.1} {:>10.1} {:>10.1} {:>10.1} {:>8} {:>11} {:>7} {:>9} {:>7} {:>7}",
        figures.tasks,
        figures.positive,
        figures.negative,
        figures.escalated,
        figures.undecided,
        figures.on_hold,
        figures.votes,
        known(figures.votes_per_image, 2),
        known(figures.votes_per_accepted, 1),
        known(figures.stated_precision, 4),
        known(figures.measured_precision, 4),
        known(figures.stated_minus_measured(), 4),
        known(figures.recall, 3),
    )
}
