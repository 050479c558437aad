//! The program `synvote`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::run()
}
