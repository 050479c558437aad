//! The program itself, as an operator runs it: on SQLite, in a folder of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

/// A command in a clean environment.
fn synvote(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_synvote"));
    command.env_clear().env("SYNVOTE_DATA", data).args(arguments).stdin(Stdio::null());
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    synvote(data, arguments).output().unwrap()
}

fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// None of those that a system gives to connections that go out: one could take it before the server does.
fn free_port() -> u16 {
    let first = 20_000 + u16::try_from(std::process::id() % 12_000).unwrap();
    (first..32_768).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

/// A running server, stopped when the test ends.
struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl Server {
    fn start(data: &Path) -> Self {
        let port = free_port();
        let mut command = synvote(data, &["serve", "--address", &format!("127.0.0.1:{port}")]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output, port }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept: text/html\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn terminate(&mut self) -> Option<i32> {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_says_where_it_is_and_how_to_become_its_admin_and_stops_when_told() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut server = Server::start(&data);
    assert_eq!(server.line(), format!("Synvote is at http://127.0.0.1:{}", server.port));
    let invitation = server.line();
    let link = invitation.split_whitespace().last().unwrap();
    let path = link.strip_prefix(&format!("http://127.0.0.1:{}", server.port)).unwrap();
    assert!(path.starts_with("/invitation/"), "{invitation}");
    assert!(server.get(path).contains("accept_invitation"), "the link leads to a form");

    let second = refusal(&run(&data, &["user", "list"]));
    assert!(second.contains("in use by another synvote process"), "{second}");
    let address = format!("127.0.0.1:{}", server.port);
    let taken = refusal(&run(&folder.path().join("other"), &["serve", "--address", &address]));
    assert!(taken.contains(&address) && taken.contains("--address"), "{taken}");
    assert!(!folder.path().join("other").exists(), "nothing is made before the address is ours");

    assert_eq!(server.terminate(), Some(0));
    assert!(!data.join("synvote.db-wal").exists(), "everything is in the database file");
}

#[test]
fn an_account_made_on_the_console_is_there_and_ends_the_search_for_an_admin() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    let mut add = synvote(data, &["user", "add", "ann", "--role", "admin"]);
    let mut child = add.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"correct horse battery\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert!(said(&run(data, &["user", "list"])).contains("ann"));

    let mut again = synvote(data, &["user", "add", "ann", "--role", "worker"]);
    let again = again.env("SYNVOTE_NEW_PASSWORD", "another long password").output().unwrap();
    assert!(refusal(&again).contains("name is taken"), "{again:?}");
    assert!(
        refusal(&run(data, &["user", "add", "bob", "--role", "worker"])).contains("SYNVOTE_NEW_PASSWORD")
    );

    let mut server = Server::start(data);
    server.line();
    assert_eq!(server.terminate(), Some(0));
    assert_eq!(server.line(), "", "no link for a first admin");
}

#[test]
fn settings_are_shown_with_where_they_came_from_and_without_secrets() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("synvote.toml"), "max_connections = 50\n").unwrap();
    let mut command = synvote(folder.path(), &["config", "--address", "127.0.0.1:4000"]);
    let shown = said(&command.env("SYNVOTE_DATABASE", "postgres://ann:secret@db/votes").output().unwrap());
    let line = |name: &str| {
        shown.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>()
    };
    assert_eq!(line("address"), ["address", "127.0.0.1:4000", "#", "flag"]);
    assert_eq!(line("database"), ["database", "postgres://ann:****@db/votes", "#", "environment"]);
    assert_eq!(line("max_connections"), ["max_connections", "50", "#", "file"]);
    assert_eq!(line("log_format"), ["log_format", "text", "#", "default"]);
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn what_can_not_be_used_is_refused_in_one_sentence() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    for (arguments, words) in [
        (&["wordnet", "import", "nowhere"][..], "nowhere"),
        (&["images", "import", "--project", "pets", "--csv", "x.csv"], "no project \"pets\""),
        (&["export", "votes", "--project", "pets"], "there is none yet"),
    ] {
        let refused = refusal(&run(data, arguments));
        assert!(refused.contains(words) && refused.lines().count() == 1, "{refused}");
    }
    assert!(said(&run(data, &["verify"])).contains("everything agrees"));
    std::fs::write(data.join("synvote.toml"), "adress = 1\n").unwrap();
    let refused = refusal(&run(data, &["verify"]));
    assert!(refused.contains("adress") && refused.contains("synvote.toml"), "{refused}");
    std::fs::write(data.join("file"), "").unwrap();
    let refused = refusal(&run(&data.join("file"), &["verify"]));
    assert!(refused.contains("file"), "{refused}");
}

#[test]
fn a_backup_beside_the_server_is_restored_and_a_move_waits_for_the_server_to_stop() {
    let folder = TempDir::new().unwrap();
    let (data, other, to) =
        (folder.path().join("data"), folder.path().join("other"), folder.path().join("monday"));
    let mut add = synvote(&data, &["user", "add", "ann", "--role", "admin"]);
    assert!(add.env("SYNVOTE_NEW_PASSWORD", "correct horse battery").status().unwrap().success());
    let mut server = Server::start(&data);
    server.line();
    let backup = said(&run(&data, &["backup", "--to", to.to_str().unwrap()]));
    assert!(backup.contains("The backup is in") && backup.contains("is in it."), "{backup}");
    let again = refusal(&run(&data, &["backup", "--to", to.to_str().unwrap()]));
    assert!(again.contains("is there already") && again.lines().count() == 1, "{again}");
    let moved = format!("sqlite:{}", folder.path().join("moved.db").display());
    let served = refusal(&run(&data, &["move", "--to", &moved]));
    assert!(served.contains("stop the server"), "{served}");
    assert_eq!(server.terminate(), Some(0));

    let restored = said(&run(&other, &["restore", "--from", to.to_str().unwrap(), "--verify"]));
    assert!(restored.contains("Rows and checksums are those of the backup."), "{restored}");
    assert!(restored.contains("everything agrees"), "{restored}");
    assert!(said(&run(&other, &["user", "list"])).contains("ann"));
    let full = refusal(&run(&other, &["restore", "--from", to.to_str().unwrap()]));
    assert!(full.contains("only an empty one is filled"), "{full}");
    let nothing = refusal(&run(&folder.path().join("third"), &["restore", "--from", "nowhere"]));
    assert!(nothing.contains("there is no backup in nowhere"), "{nothing}");

    let text = said(&run(&data, &["move", "--to", &moved]));
    assert!(text.contains("equal on both sides by number and checksum"), "{text}");
    assert!(
        said(&run(&folder.path().join("third"), &["--database", &moved, "user", "list"])).contains("ann")
    );
    assert!(said(&run(&data, &["verify", "--repair"])).contains("nothing was changed"));
}
