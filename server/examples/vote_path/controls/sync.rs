//! How long the disk takes to make a little durable, with nothing else around it.

use crate::timing::{ms, quantile};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

const TIMES: usize = 400;

/// Median and 99th percentile of appending 4 KiB to a file and syncing it, in ms.
pub fn measure(folder: &Path) -> (f64, f64) {
    let mut file = File::create(folder.join("sync")).unwrap();
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        file.write_all(&[7; 4_096]).unwrap();
        file.sync_data().unwrap();
        times.push(ms(begun.elapsed()));
    }
    std::fs::remove_file(folder.join("sync")).unwrap();
    (quantile(&times, 0.5), quantile(&times, 0.99))
}
