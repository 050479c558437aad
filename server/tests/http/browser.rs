//! A visitor's browser: it keeps its cookie, and has one method for each thing that people do.

use app::api::ApiError;
use axum::Router;
use axum::body::{Body, BodyDataStream, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request};
use server::http::client::Peer;
use std::net::IpAddr;
use tower::ServiceExt as _;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The refusal that a script gets.
    pub fn error(&self) -> ApiError {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    pub cookie: Option<String>,
    pub address: IpAddr,
    router: Router,
}

/// A file of an upload: its field, its name and its bytes; a text field has no name.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { cookie: None, address: "127.0.0.1".parse().unwrap(), router }
    }

    /// Sends a request as it is, but for the cookie and the network address.
    pub async fn send(&mut self, mut request: Request<Body>) -> Reply {
        request.extensions_mut().insert(Peer(self.address));
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: to_bytes(body, 10_000_000).await.unwrap(),
        }
    }

    /// The same visitor at another server.
    pub fn at(self, router: Router) -> Self {
        Self { router, ..self }
    }

    /// Opens a line on which the server speaks: its status, and its body as it comes in.
    pub async fn line(&mut self, path: &str) -> (u16, BodyDataStream) {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(self.address));
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        (response.status().as_u16(), response.into_body().into_data_stream())
    }

    /// Follows a link.
    pub async fn page(&mut self, path: &str) -> Reply {
        let request = Request::get(path).header("accept", "text/html,*/*").header("host", "127.0.0.1:3000");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Asks as a script or a picture element does.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Calls a server function as an island does.
    pub async fn call(&mut self, function: &str, form: &[(&str, &str)]) -> Reply {
        let request = Request::post(format!("/api/{function}"))
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    /// Posts a form of a page without script.
    pub async fn submit(&mut self, function: &str, form: &[(&str, &str)], from: &str) -> Reply {
        let request = Request::post(format!("/api/{function}"))
            .header("accept", "text/html,*/*")
            .header("origin", "http://127.0.0.1:3000")
            .header("host", "127.0.0.1:3000")
            .header("referer", format!("http://127.0.0.1:3000{from}"))
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.call("sign_in", &[("name", name), ("password", password), ("to", "")]).await
    }

    pub async fn sign_out(&mut self) -> Reply {
        self.call("sign_out", &[]).await
    }

    pub async fn sign_out_everywhere(&mut self) -> Reply {
        self.call("sign_out_everywhere", &[]).await
    }

    pub async fn change_password(&mut self, present: &str, new: &str) -> Reply {
        self.call("change_password", &[("present", present), ("new", new)]).await
    }

    /// Is it signed in, as far as the server is concerned?
    pub async fn is_signed_in(&mut self) -> bool {
        let reply = self.page("/account").await;
        assert!([200, 302].contains(&reply.status), "{reply:?}");
        reply.status == 200
    }

    pub async fn picture(&mut self, size: &str, sha256: &str) -> Reply {
        self.get(&format!("/image/{size}/{sha256}.jpg")).await
    }

    pub async fn votes_csv(&mut self, project: i64) -> Reply {
        self.get(&format!("/project/{project}/votes.csv")).await
    }

    /// Uploads as a page without script does.
    pub async fn upload(&mut self, project: i64, parts: &[Part<'_>]) -> Reply {
        let request = Request::post(format!("/project/{project}/import"))
            .header("accept", "text/html,*/*")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=-----parts");
        self.send(request.body(Body::from(multipart(parts))).unwrap()).await
    }

    /// Sends one file of an import, as the page's script does.
    pub async fn put_file(&mut self, import: i64, name: &str, modified: i64, bytes: &[u8]) -> Reply {
        let name = escaped(name);
        let request = Request::put(format!("/import/{import}/file?modified={modified}&name={name}"))
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("content-length", bytes.len().to_string());
        self.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
    }

    /// Calls a server function that takes JSON.
    pub async fn call_json(&mut self, function: &str, body: String) -> Reply {
        let request = Request::post(format!("/api/{function}"))
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Any method and path, with the headers of a script on one of our pages.
    pub async fn script(&mut self, method: Method, path: &str) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(escape).collect()
}

fn encoded(form: &[(&str, &str)]) -> String {
    form.iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, name, bytes) in parts {
        let name = name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        body.extend_from_slice(
            format!("-------parts\r\nContent-Disposition: form-data; name=\"{field}\"{name}\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"-------parts--\r\n");
    body
}
