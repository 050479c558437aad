//! A made-up certificate: two synsets that were audited, one that was not, one on hold.

use app::api::audits::{Agreement, Audited, Certificate, Certified, CertifiedDepth, CertifiedSynset, Scope};
use app::api::projects::SynsetState;

pub fn certificate(project: i64, empty: bool, scope: &Scope) -> Certificate {
    let of = |accepted, stated: f64, images: u32, good| {
        Certified {
            accepted,
            by_experts: images.into(),
            stated_precision: Some(stated),
            audited: Audited { images, good },
            rejected_audited: Audited { images: images / 3, good: 1 },
            votes: accepted * 31,
            ..Certified::default()
        }
        .estimated()
    };
    let line = |wnid: &str, words: &[&str], figures| CertifiedSynset {
        wnid: wnid.to_owned(),
        words: words.iter().map(|&word| word.to_owned()).collect(),
        state: SynsetState::Labelling,
        hold: None,
        table_version: Some(3),
        threshold: Some(0.985),
        target_precision: Some(0.997),
        audit_shift: -0.35,
        through_submission: Some(812),
        figures,
    };
    let held = "Experts looked at 30 accepted images without knowing the verdict, and 4 of them do not show the synset: \
                that rules out the 99.7 % that are promised; expert labels on the initial sample would help.";
    let mut lines = vec![
        line("n02110341", &["dalmatian", "coach dog", "carriage dog"], of(1_204, 0.9971, 41, 41)),
        line("n02123394", &["Persian cat"], of(803, 0.9968, 30, 29)),
        line("n02084071", &["dog", "domestic dog", "Canis familiaris"], of(120, 0.9975, 0, 0)),
        CertifiedSynset {
            state: SynsetState::Hold,
            hold: Some(held.to_owned()),
            ..line("n02512053", &["fish"], of(64, 0.9973, 30, 26))
        },
    ];
    if let Scope::Synset(wnid) = scope {
        lines.retain(|line| line.wnid == *wnid);
    }
    if empty {
        lines.clear();
    }
    let sum = |lines: &[CertifiedSynset]| {
        let certified = lines.iter().filter(|line| line.hold.is_none());
        certified.fold(Certified::default(), |sum, line| sum.and(line.figures))
    };
    let on_hold = lines.iter().filter(|line| line.hold.is_some()).count();
    let deep = |depth, from: usize, to: usize| {
        let lines = lines.get(from..to).unwrap_or_default();
        CertifiedDepth { depth, synsets: lines.len() as i64, figures: sum(lines) }
    };
    Certificate {
        project: (project, "Pets".to_owned()),
        scope: scope.clone(),
        words: match scope {
            Scope::Project => Vec::new(),
            _ => vec!["dog".to_owned(), "domestic dog".to_owned()],
        },
        issued_at: 1_764_000_000_000,
        synsets: (lines.len() - on_hold) as i64,
        on_hold: on_hold as i64,
        without_table: 2,
        figures: sum(&lines),
        by_depth: if lines.len() > 2 { vec![deep(8, 2, 3), deep(14, 0, 2)] } else { Vec::new() },
        agreement: Some(Agreement {
            pairwise: 0.931,
            fleiss_kappa: Some(0.812),
            krippendorff_alpha: Some(0.813),
        }),
        images_sha256: matches!(scope, Scope::Synset(_)).then(|| "9f2c".repeat(16)),
        lines,
    }
}
