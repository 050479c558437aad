//! A damped Newton descent in five dimensions inside a box, and the curvature at its end; derivatives by central differences.
#![expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "every index runs from 0 to 4 over arrays of length 5; matrix algebra reads best so"
)]

type Point = [f64; 5];
/// Five rows of five.
pub(super) type Matrix = [[f64; 5]; 5];

/// The step of the central differences.
const H: f64 = 1e-3;
/// No coordinate moves further than this in one iteration.
const LONGEST_STEP: f64 = 1.0;
const MOST_ITERATIONS: u32 = 60;
/// After this many tenfold increases of the damping there is no way down.
const MOST_TRIALS: u32 = 16;

/// A box that the descent does not leave.
pub(super) struct Bounds {
    pub(super) low: Point,
    pub(super) high: Point,
}

impl Bounds {
    pub(super) fn clamp(&self, point: Point) -> Point {
        std::array::from_fn(|i| point[i].clamp(self.low[i], self.high[i]))
    }

    /// Whether coordinate `i` lies on the border, with the way down leading out.
    fn blocks(&self, point: &Point, gradient: &Point, i: usize) -> bool {
        (point[i] <= self.low[i] && gradient[i] > 0.0) || (point[i] >= self.high[i] && gradient[i] < 0.0)
    }
}

/// The point where the descent from `start` ends, and the value there, never above the value at `start`.
pub(super) fn minimise(objective: impl Fn(&Point) -> f64, start: Point, bounds: &Bounds) -> (Point, f64) {
    let mut point = bounds.clamp(start);
    let mut value = objective(&point);
    let mut damping = 0.0;
    for _ in 0..MOST_ITERATIONS {
        let (mut gradient, mut hessian) = derivatives(&objective, &point, value);
        for i in 0..5 {
            if bounds.blocks(&point, &gradient, i) {
                freeze(&mut gradient, &mut hessian, i);
            }
        }
        let Some((next, lower)) =
            descend(&objective, (&point, value), (&gradient, &hessian), &mut damping, bounds)
        else {
            break;
        };
        let moved = (0..5).map(|i| (next[i] - point[i]).abs()).fold(0.0, f64::max);
        (point, value) = (next, lower);
        if moved < 1e-8 {
            break;
        }
    }
    (point, value)
}

/// The second derivatives at a point.
pub(super) fn curvature(objective: impl Fn(&Point) -> f64, point: &Point) -> Matrix {
    derivatives(&objective, point, objective(point)).1
}

/// The inverse of a curvature, which the descent's end makes positive definite. Where the box ended the descent early it may
/// not be: then it is damped as little as makes it so, and no parameter is less certain than `widest` said beforehand.
pub(super) fn covariance(curvature: &Matrix, widest: &Point) -> Matrix {
    let unit = |i: usize| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 });
    let inverse = |damping: f64| -> Option<Vec<Point>> {
        (0..5).map(|i| solve(curvature, &unit(i), damping)).collect()
    };
    let trials =
        (0..MOST_TRIALS).map(|trial| if trial == 0 { 0.0 } else { 1e-3 * 10_f64.powi(trial as i32 - 1) });
    let found = trials.into_iter().find_map(inverse).and_then(|rows| Matrix::try_from(rows).ok());
    found.unwrap_or_else(|| std::array::from_fn(|i| unit(i).map(|one| one * widest[i] * widest[i])))
}

/// Raises the damping until a step leads down; `None` when none does.
fn descend(
    objective: &impl Fn(&Point) -> f64,
    (point, value): (&Point, f64),
    (gradient, hessian): (&Point, &Matrix),
    damping: &mut f64,
    bounds: &Bounds,
) -> Option<(Point, f64)> {
    for _ in 0..MOST_TRIALS {
        if let Some(step) = solve(hessian, gradient, *damping) {
            let longest = step.iter().fold(0.0_f64, |longest, s| longest.max(s.abs()));
            let scale = if longest > LONGEST_STEP { LONGEST_STEP / longest } else { 1.0 };
            let next = bounds.clamp(std::array::from_fn(|i| point[i] - scale * step[i]));
            let lower = objective(&next);
            if lower < value {
                *damping = if *damping > 1e-3 { *damping / 10.0 } else { 0.0 };
                return Some((next, lower));
            }
        }
        *damping = (*damping * 10.0).max(1e-3);
    }
    None
}

fn derivatives(objective: &impl Fn(&Point) -> f64, point: &Point, value: f64) -> (Point, Matrix) {
    let at = |steps: &[(usize, f64)]| {
        let mut moved = *point;
        for (i, step) in steps {
            moved[*i] += step;
        }
        objective(&moved)
    };
    let (mut gradient, mut hessian) = ([0.0; 5], [[0.0; 5]; 5]);
    for i in 0..5 {
        let (forward, backward) = (at(&[(i, H)]), at(&[(i, -H)]));
        gradient[i] = (forward - backward) / (2.0 * H);
        hessian[i][i] = (forward - 2.0 * value + backward) / (H * H);
        for j in 0..i {
            let mixed = at(&[(i, H), (j, H)]) - at(&[(i, H), (j, -H)]) - at(&[(i, -H), (j, H)])
                + at(&[(i, -H), (j, -H)]);
            hessian[i][j] = mixed / (4.0 * H * H);
            hessian[j][i] = hessian[i][j];
        }
    }
    (gradient, hessian)
}

/// Takes coordinate `i` out of the system: its step becomes 0.
fn freeze(gradient: &mut Point, hessian: &mut Matrix, i: usize) {
    gradient[i] = 0.0;
    for j in 0..5 {
        hessian[i][j] = 0.0;
        hessian[j][i] = 0.0;
    }
    hessian[i][i] = 1.0;
}

/// Solves (matrix + damping · 1) x = right by Cholesky; `None` when the matrix is not positive definite.
fn solve(matrix: &Matrix, right: &Point, damping: f64) -> Option<Point> {
    let mut lower: Matrix = [[0.0; 5]; 5];
    for i in 0..5 {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known + if i == j { damping } else { 0.0 };
            if i != j {
                lower[i][j] = rest / lower[j][j];
            } else if rest > 1e-12 {
                lower[i][i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    let mut half = [0.0; 5];
    for i in 0..5 {
        let known: f64 = (0..i).map(|k| lower[i][k] * half[k]).sum();
        half[i] = (right[i] - known) / lower[i][i];
    }
    let mut solution = [0.0; 5];
    for i in (0..5).rev() {
        let known: f64 = (i + 1..5).map(|k| lower[k][i] * solution[k]).sum();
        solution[i] = (half[i] - known) / lower[i][i];
    }
    Some(solution)
}
