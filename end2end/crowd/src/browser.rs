//! A browser without script: cookies, forms, redirects, and the manners to wait when it is told to.

use crate::trouble::Trouble;
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, LOCATION, REFERER, RETRY_AFTER};
use reqwest::multipart::Form;
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// Times that a request is sent again because the server is busy.
const PATIENCE: u32 = 60;

/// Fields of a form.
pub type Fields = Vec<(String, String)>;

/// What kind of answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A page, as for a form that is posted without script.
    Page,
    /// JSON, as for a page's script.
    Json,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Method and path that were asked.
    pub what: String,
    /// The status.
    pub status: StatusCode,
    /// Where to go on.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Reply {
    /// This answer, if it has the status.
    ///
    /// # Errors
    /// It has another.
    pub fn expect(self, status: StatusCode, expected: &'static str) -> Result<Self, Trouble> {
        if self.status == status { Ok(self) } else { Err(self.unexpected(expected)) }
    }

    /// An answer that is of no use.
    pub fn unexpected(self, expected: &'static str) -> Trouble {
        let body = self.body.chars().take(300).collect();
        Trouble::Answer { what: self.what, expected, status: self.status, body }
    }
}

/// A browser with cookies of its own.
pub struct Browser {
    client: Client,
    jar: Arc<Jar>,
    server: Url,
}

impl Browser {
    /// A new browser; `number` gives it a network address of its own, where the server trusts us as a proxy.
    ///
    /// # Errors
    /// The server's address is no address.
    pub fn new(server: &str, number: u32) -> Result<Self, Trouble> {
        let not_an_address =
            || Trouble::Options(format!("--server {server:?} is no address like http://127.0.0.1:3000"));
        let url = Url::parse(server).map_err(|_| not_an_address())?;
        let mut headers = HeaderMap::new();
        let [_, a, b, c] = number.to_be_bytes();
        for (name, value) in
            [("origin", url.origin().ascii_serialization()), ("x-forwarded-for", format!("10.{a}.{b}.{c}"))]
        {
            headers.insert(name, HeaderValue::try_from(value).map_err(|_| not_an_address())?);
        }
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(jar.clone())
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(120))
            .build()
            .map_err(|source| Trouble::Http { what: "client".to_owned(), source })?;
        Ok(Self { client, jar, server: url })
    }

    /// Reads a page.
    ///
    /// # Errors
    /// The server can't be reached, or stays busy.
    pub async fn get(&self, path: &str) -> Result<Reply, Trouble> {
        let request = || Ok(self.client.get(self.address(path)?).header(ACCEPT, "text/html"));
        self.patiently(format!("GET {path}"), request).await
    }

    /// Posts a form.
    ///
    /// # Errors
    /// The server can't be reached, or stays busy.
    pub async fn post(&self, path: &str, fields: &Fields, wanted: Wanted) -> Result<Reply, Trouble> {
        self.patiently(format!("POST {path}"), || self.form(path, fields, wanted)).await
    }

    /// Posts a form from a page, whose address it comes back to.
    ///
    /// # Errors
    /// The server can't be reached, or stays busy.
    pub async fn post_from(&self, page: &str, path: &str, fields: &Fields) -> Result<Reply, Trouble> {
        let request =
            || Ok(self.form(path, fields, Wanted::Page)?.header(REFERER, self.address(page)?.as_str()));
        self.patiently(format!("POST {path}"), request).await
    }

    /// Uploads a form with files. It is sent once.
    ///
    /// # Errors
    /// The server can't be reached.
    pub async fn upload(&self, path: &str, form: Form) -> Result<Reply, Trouble> {
        let request = self.client.post(self.address(path)?).header(ACCEPT, "text/html").multipart(form);
        let what = format!("POST {path}");
        let (reply, _) = sent(&what, request).await?;
        Ok(reply)
    }

    /// Begins to post a form and hangs up after half of it.
    ///
    /// # Errors
    /// The server can't be reached.
    pub async fn post_half(&self, path: &str, fields: &Fields) -> Result<(), Trouble> {
        let what = || format!("POST {path} (half)");
        let address = self.address(path)?;
        let request = self
            .form(path, fields, Wanted::Json)?
            .build()
            .map_err(|source| Trouble::Http { what: what(), source })?;
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let cookie = self.jar.cookies(&address);
        let cookie = cookie.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
        let host = format!(
            "{}:{}",
            address.host_str().unwrap_or_default(),
            address.port_or_known_default().unwrap_or(80)
        );
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n\r\n",
            origin = self.server.origin().ascii_serialization(),
            length = body.len()
        );
        let failed = |source| Trouble::File { path: what().into(), source };
        let mut connection = TcpStream::connect(&host).await.map_err(failed)?;
        connection.write_all(head.as_bytes()).await.map_err(failed)?;
        connection.write_all(body.get(..body.len() / 2).unwrap_or_default()).await.map_err(failed)?;
        Ok(())
    }

    fn form(&self, path: &str, fields: &Fields, wanted: Wanted) -> Result<RequestBuilder, Trouble> {
        let accept = if wanted == Wanted::Page { "text/html" } else { "application/json" };
        Ok(self.client.post(self.address(path)?).header(ACCEPT, accept).form(fields))
    }

    fn address(&self, path: &str) -> Result<Url, Trouble> {
        self.server.join(path).map_err(|error| Trouble::Options(format!("{path:?} is no path: {error}")))
    }

    /// Sends until the server has time: it says when.
    async fn patiently(
        &self,
        what: String,
        request: impl Fn() -> Result<RequestBuilder, Trouble>,
    ) -> Result<Reply, Trouble> {
        let mut tries = 0;
        loop {
            let (reply, retry_after) = sent(&what, request()?).await?;
            let busy =
                [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&reply.status);
            if !busy || tries == PATIENCE {
                return Ok(reply);
            }
            tries += 1;
            tokio::time::sleep(Duration::from_secs(retry_after.clamp(1, 60))).await;
        }
    }
}

async fn sent(what: &str, request: RequestBuilder) -> Result<(Reply, u64), Trouble> {
    let failed = |source| Trouble::Http { what: what.to_owned(), source };
    let response = request.send().await.map_err(failed)?;
    let said = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let location = said(LOCATION).map(str::to_owned);
    let retry_after = said(RETRY_AFTER).and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
    let status = response.status();
    let body = response.text().await.map_err(failed)?;
    Ok((Reply { what: what.to_owned(), status, location, body }, retry_after))
}
