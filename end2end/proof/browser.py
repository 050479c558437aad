"""One person's browser, as far as a proof needs one: keeps its cookie and its connection, posts forms, reads what they hold."""

import http.client
import json
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class NoAnswer(Exception):
    """The connection was refused, broke, or stayed silent for too long: nobody knows what became of the request."""


class Answer:
    """What came back: status, headers, text."""

    def __init__(self, asked, response, body):
        self.asked = asked
        self.status = response.status
        self.location = response.getheader("location") or ""
        self.text = body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.text)

    def need(self, status):
        if self.status != status:
            raise AssertionError(f"{self.asked}: expected {status}, got {self.status}: {self.text[:300]}")
        return self


class Browser:
    """`number` gives each person a network address of their own, where the server trusts this machine as a proxy."""

    def __init__(self, url, number, patience=30):
        self.origin = url
        self.host = urlsplit(url).netloc
        self.address = (urlsplit(url).hostname, urlsplit(url).port)
        self.number = number
        self.patience = patience
        self.cookie = ""
        self.connection = None

    def go_to(self, url):
        """Another server with the same pages."""
        self.leave()
        self.address = (urlsplit(url).hostname, urlsplit(url).port)

    def get(self, path):
        return self.ask("GET", path, "text/html")

    def post(self, path, fields, kind="application/x-www-form-urlencoded"):
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self.ask("POST", path, "application/json", body, kind)

    def post_from(self, page, path, fields):
        """As a browser without script: the answer to a form is the way to the next page."""
        body = urlencode(fields).encode()
        return self.ask("POST", path, "text/html", body, "application/x-www-form-urlencoded", self.origin + page)

    def post_and_hang_up(self, path, fields, wait):
        """Sends the whole form and is gone before an answer can be read."""
        try:
            self.send("POST", path, "application/json", urlencode(fields).encode(), "application/x-www-form-urlencoded")
            wait()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            self.leave()

    def ask(self, method, path, accept, body=None, kind=None, referer=None):
        try:
            self.send(method, path, accept, body, kind, referer)
            response = self.connection.getresponse()
            answer = Answer(f"{method} {path}", response, response.read())
        except (OSError, http.client.HTTPException) as error:
            self.leave()
            raise NoAnswer(f"{method} {path}: {type(error).__name__} {error}") from error
        for cookie in response.headers.get_all("set-cookie") or []:
            self.cookie = cookie.split(";")[0]
        if response.will_close:
            self.leave()
        return answer

    def send(self, method, path, accept, body, kind, referer=None):
        headers = {
            "Host": self.host,
            "Origin": self.origin,
            "Accept": accept,
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250 + 1}",
        }
        if self.cookie:
            headers["Cookie"] = self.cookie
        if kind:
            headers["Content-Type"] = kind
        if referer:
            headers["Referer"] = referer
        if self.connection is None:
            self.connection = http.client.HTTPConnection(*self.address, timeout=self.patience)
        self.connection.request(method, path, body, headers)

    def leave(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Batch:
    """A page of candidates to answer."""

    def __init__(self, assignment, key, candidates):
        self.assignment = assignment
        self.key = key
        self.candidates = candidates

    @classmethod
    def of_page(cls, text):
        """The batch in a labeling page's form; None when it has none."""
        form = _Inputs()
        form.feed(text)
        candidates = form.values.get("yes[]")
        if not candidates or "assignment" not in form.values:
            return None
        return cls(form.values["assignment"][0], form.values["key"][0], [int(value) for value in candidates])

    @classmethod
    def of_receipt(cls, receipt):
        """The next batch in the answer to a submission; None when the page must be asked."""
        following = receipt["next"]
        batch = following.get("Batch") if isinstance(following, dict) else None
        if batch is None:
            return None
        return cls(str(batch["assignment"]), batch["key"], [tile["candidate"] for tile in batch["tiles"]])

    def fields(self, answers):
        names = {"1": "yes[]", "0.5": "unsure[]"}
        said = [(names[answer], candidate) for candidate, answer in answers.items() if answer in names]
        return [("assignment", self.assignment), ("key", self.key), *(said or [("none_of_these", "true")])]


class _Inputs(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values = {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "input" and "name" in attributes:
            self.values.setdefault(attributes["name"], []).append(attributes.get("value") or "")
