//! A browser of one person: a connection that stays, a cookie, and the forms of the labeling page.

use crate::people::{batch, says_yes};
use app::api::labeling::{Batch, Next, Receipt};
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// One person's.
pub struct Browser {
    sender: SendRequest<Body>,
    /// A network address of their own, as a proxy in front of the server would say: signing in is limited by address.
    address: String,
    cookie: String,
    place: i64,
}

/// What is on the screen.
pub struct Page {
    assignment: i64,
    key: String,
    candidates: Vec<i64>,
}

impl Browser {
    /// Opens the connection.
    pub async fn connect(address: SocketAddr, place: usize) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let address = format!("10.0.{}.{}", place / 250, place % 250 + 1);
        Self { sender, address, cookie: String::new(), place: i64::try_from(place).unwrap() }
    }

    /// Signs in.
    pub async fn sign_in(&mut self, name: &str, password: &str) {
        let form = format!("name={name}&password={}&to=", password.replace(' ', "+"));
        let response = self.post("/api/sign_in", form).await;
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        body(response).await;
    }

    /// The labeling page.
    pub async fn page(&mut self, project: i64) -> Page {
        let request = self
            .request(Request::get(format!("/label/{project}")).header(ACCEPT, "text/html"), Body::empty());
        let text = body(self.send(request).await).await;
        Page::of_form(std::str::from_utf8(&text).unwrap())
    }

    /// Asks for the batch after the one on the screen.
    pub async fn prefetch(&mut self, page: &Page) {
        let response = self.post("/api/prefetch_batch", format!("assignment={}", page.assignment)).await;
        let next: Next = serde_json::from_slice(&body(response).await).unwrap();
        batch(next);
    }

    /// Submits what is on the screen; returns the votes that were recorded, and what comes next.
    pub async fn submit(&mut self, page: &Page) -> (u32, Page) {
        let response = self.post("/api/submit_votes", page.form(self.place)).await;
        let receipt: Receipt = serde_json::from_slice(&body(response).await).unwrap();
        (receipt.recorded, Page::of_batch(batch(receipt.next)))
    }

    /// Asks for the route that does nothing.
    pub async fn hello(&mut self) {
        let request = self.request(Request::get("/hello"), Body::empty());
        body(self.send(request).await).await;
    }

    async fn post(&mut self, path: &str, form: String) -> Response<Incoming> {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin");
        let request = self.request(request, form.into());
        self.send(request).await
    }

    /// The connection needs a moment after an answer before it takes the next request.
    async fn send(&mut self, request: Request<Body>) -> Response<Incoming> {
        self.sender.ready().await.unwrap();
        self.sender.send_request(request).await.unwrap()
    }

    fn request(&self, request: axum::http::request::Builder, body: Body) -> Request<Body> {
        let request = request.header(HOST, "127.0.0.1:3000").header("x-forwarded-for", &self.address);
        request.header(COOKIE, &self.cookie).body(body).unwrap()
    }
}

async fn body(response: Response<Incoming>) -> Bytes {
    let status = response.status();
    let bytes = to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap();
    assert!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&bytes));
    bytes
}

impl Page {
    fn of_batch(batch: Batch) -> Self {
        let candidates = batch.tiles.iter().map(|tile| tile.candidate).collect();
        Self { assignment: batch.assignment, key: batch.key, candidates }
    }

    /// From the fields that the page's form has.
    fn of_form(text: &str) -> Self {
        let attribute = |tag: &str, name: &str| {
            let (_, after) = tag.split_once(&format!(" {name}=\""))?;
            after.split_once('"').map(|(value, _)| value.to_owned())
        };
        let tags = || text.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
        let values = |name: &str| -> Vec<String> {
            let of_name = tags().filter(|tag| attribute(tag, "name").as_deref() == Some(name));
            of_name.filter_map(|tag| attribute(tag, "value")).collect()
        };
        Self {
            assignment: values("assignment")[0].parse().unwrap(),
            key: values("key")[0].clone(),
            candidates: values("yes[]").iter().map(|value| value.parse().unwrap()).collect(),
        }
    }

    fn form(&self, account: i64) -> String {
        let mut form = format!("assignment={}&key={}", self.assignment, self.key);
        let before = form.len();
        for candidate in self.candidates.iter().filter(|candidate| says_yes(account, **candidate)) {
            form.push_str(&format!("&yes%5B%5D={candidate}"));
        }
        if form.len() == before {
            form.push_str("&none_of_these=true");
        }
        form
    }
}
