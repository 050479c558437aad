//! Memory of a server that has nothing to do, and of what it keeps in mind while people hold batches.

use crate::database::{Database, Engine};
use crate::ground::{Ground, Planned};
use crate::machine::resident_kb;
use crate::options::Options;
use crate::people::batch;
use crate::report::{Bar, Figure, Report};
use app::backend::Labeling as _;
use app::viewer::{Account, ScreenSize, Worker};
use domain::roles::Role;
use server::service::labeling::LabelingService;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// People who hold two batches each, of so many tiles.
const PEOPLE: usize = 1_000;
const BATCH: i64 = 100;
const SYNSETS: i64 = 40;
/// First argument of a process that only holds leases.
const HOLD: &str = "hold";

/// Measures both.
pub async fn measure(options: &Options, report: &mut Report) {
    if !options.wants("memory") {
        return;
    }
    report.begin("Memory");
    if let Some((program, wordnet)) = &options.program {
        let idle = idle_kb(program, wordnet, &options.folder) / 1_000.0;
        report.add(
            Figure::new("memory of the idle program, SQLite, WordNet imported", idle, "MB")
                .bar(Bar::at_most(100.0)),
        );
    }
    let ground =
        Ground::lay(Engine::Sqlite, options, "leases", PEOPLE, &[Planned::labelling(BATCH, SYNSETS)]).await;
    ground.world.store.close().await.unwrap();
    let (project, first) = (ground.projects[0].id, ground.accounts()[0]);
    let said = Command::new(std::env::current_exe().unwrap())
        .arg(HOLD)
        .arg(ground.database.folder())
        .args([project.to_string(), first.to_string()])
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let numbers: Vec<f64> = String::from_utf8(said.stdout)
        .unwrap()
        .split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect();
    ground.database.remove().await;
    let [before, after, leases] = numbers[..] else { panic!("three numbers: {numbers:?}") };
    let each = (after - before) / leases;
    let figure = Figure::new("memory for 1,000 open leases, with the synsets that they are in", each, "MB");
    report.add(figure.with("open leases", leases).bar(Bar::at_most(1.0)));
}

/// The program in a process of its own, after its first page. In kB.
fn idle_kb(program: &Path, wordnet: &Path, folder: &Path) -> f64 {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = |arguments: &[&str]| -> Child {
        Command::new(program)
            .args(arguments)
            .env("SYNVOTE_DATA", folder.join("idle"))
            .env("SYNVOTE_ADDRESS", address.to_string())
            .env_remove("SYNVOTE_DATABASE")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    assert!(run(&["wordnet", "import", &wordnet.to_string_lossy()]).wait().unwrap().success());
    let mut serving = run(&["serve"]);
    let mut page = String::new();
    for _ in 0..100 {
        std::thread::sleep(Duration::from_millis(100));
        if let Ok(mut stream) = TcpStream::connect(address) {
            write!(
                stream,
                "GET /sign-in HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
            stream.read_to_string(&mut page).unwrap();
            break;
        }
    }
    std::thread::sleep(Duration::from_secs(2));
    let resident = resident_kb(&serving.id().to_string());
    serving.kill().unwrap();
    serving.wait().unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "the program shows its page: {page:.200}");
    resident
}

/// What the process that holds leases is asked for.
pub struct Asked {
    folder: PathBuf,
    project: i64,
    first_account: i64,
}

impl Asked {
    /// If this is that process.
    pub fn of_this_process() -> Option<Self> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [command, folder, project, first_account] = &arguments[..] else { return None };
        let number = |text: &String| text.parse().unwrap();
        (command == HOLD).then(|| Self {
            folder: folder.into(),
            project: number(project),
            first_account: number(first_account),
        })
    }
}

/// Takes two batches for everybody; prints the resident memory before and after in kB, and the leases.
pub async fn hold(asked: &Asked) {
    let world = Database::in_folder(&asked.folder).open().await;
    let service = LabelingService::new(world);
    let before = resident_kb("self");
    let mut leases = 0;
    for id in (asked.first_account..).take(PEOPLE) {
        let worker = Worker::of(Account { id, name: String::new(), role: Role::Worker }).unwrap();
        let first = batch(service.next(&worker, asked.project, ScreenSize::Large).await.unwrap());
        let second = service.prefetch(&worker, first.assignment, ScreenSize::Large).await.unwrap();
        leases += first.tiles.len() + batch(second).tiles.len();
    }
    println!("{before} {} {leases}", resident_kb("self"));
}
