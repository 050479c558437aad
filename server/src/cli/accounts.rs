//! `synvote user`: accounts from the console, for the first admin and for whoever has locked themselves out.

use super::say;
use super::trouble::{Done, Trouble};
use crate::service::accounts;
use crate::world::World;
use clap::Subcommand;
use domain::roles::Role;
use std::io::{BufRead as _, IsTerminal as _, Read as _, Write as _};

/// Where a new password may be instead of on standard input.
const PASSWORD: &str = "SYNVOTE_NEW_PASSWORD";
/// Bytes of a line that may be a password.
const MAX_LINE: u64 = 4_096;

/// Commands about accounts.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "A password is read from SYNVOTE_NEW_PASSWORD or from a line on standard input, never from an argument."
)]
pub enum User {
    /// Make an account
    Add {
        /// Name to sign in with
        name: String,
        /// worker, expert, manager or admin
        #[arg(long, value_name = "ROLE", value_parser = |text: &str| Role::parse(text))]
        role: Role,
    },
    /// Set an account's password; its sessions end
    Password {
        /// Name to sign in with
        name: String,
    },
    /// List accounts
    List,
}

impl User {
    /// Runs the command.
    ///
    /// # Errors
    /// The name is taken, unknown or not usable; the password is not usable; the database.
    pub async fn run(self, world: &World) -> Done<()> {
        match self {
            Self::Add { name, role } => {
                accounts::create_user(world, &name, role, new_password()?).await?;
                say(&format!(
                    "{name} is {} {role} now.",
                    if role == Role::Admin || role == Role::Expert { "an" } else { "a" }
                ))
            }
            Self::Password { name } => {
                accounts::set_password(world, &name, new_password()?).await?;
                say(&format!("The password of {name} is changed; every session of it has ended."))
            }
            Self::List => list(world).await,
        }
    }
}

async fn list(world: &World) -> Done<()> {
    say(&format!("{:<32} {:<8} {:>10}  state", "name", "role", "votes"))?;
    for account in accounts::list(world).await? {
        let state = if account.disabled_at.is_some() { "switched off" } else { "active" };
        say(&format!("{:<32} {:<8} {:>10}  {state}", account.name, account.role, account.votes))?;
    }
    Ok(())
}

fn new_password() -> Done<String> {
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password);
    }
    let input = std::io::stdin();
    if input.is_terminal() {
        let _ = write!(
            std::io::stderr(),
            "New password (it shows while you type; {PASSWORD} is the other way): "
        );
    }
    let mut line = String::new();
    let read = input.lock().take(MAX_LINE).read_line(&mut line);
    read.map_err(|error| Trouble::Said(format!("the password can't be read from standard input: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Trouble::Said(format!(
            "no password came: set {PASSWORD}, or write it on a line to standard input"
        )));
    }
    Ok(password.to_owned())
}
