//! A line on which the server speaks (Server-Sent Events): opened again when it breaks, closed while nobody looks at the page.

use super::live::LineState;
use crate::api::watching::LiveEvent;
use leptos::prelude::{document, set_timeout};
use leptos::serde_json;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventSource, MessageEvent};

/// A browser gives up by itself when the server refuses; then it is tried again after this time.
const PATIENCE: Duration = Duration::from_secs(5);

/// The line and what is done when something comes in on it.
pub(super) struct Line {
    address: String,
    said: Box<dyn Fn(LineState)>,
    heard: Box<dyn Fn(&LiveEvent)>,
    source: RefCell<Option<EventSource>>,
    waits: Cell<bool>,
}

impl Line {
    /// Opens the line and keeps it for as long as the page lives.
    pub(super) fn open(
        address: String,
        heard: impl Fn(&LiveEvent) + 'static,
        said: impl Fn(LineState) + 'static,
    ) {
        let line = Rc::new(Self {
            address,
            said: Box::new(said),
            heard: Box::new(heard),
            source: RefCell::default(),
            waits: Cell::new(false),
        });
        line.connect();
        let seen = Rc::clone(&line);
        let looked = Closure::<dyn FnMut()>::new(move || seen.looked());
        // Adding a listener to the document fails never; without it the line would only stay open.
        let _ =
            document().add_event_listener_with_callback("visibilitychange", looked.as_ref().unchecked_ref());
        looked.forget();
    }

    fn looked(self: &Rc<Self>) {
        if document().hidden() {
            self.close();
            self.say(LineState::Idle);
        } else {
            self.connect();
        }
    }

    fn connect(self: &Rc<Self>) {
        self.close();
        if document().hidden() {
            return;
        }
        let Ok(source) = EventSource::new(&self.address) else { return self.say(LineState::Lost) };
        let line = Rc::clone(self);
        let message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| line.hear(&message));
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        let line = Rc::clone(self);
        let error = Closure::<dyn FnMut(Event)>::new(move |_| line.lose());
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        // They live as long as the page: a line breaks seldom, and each costs some bytes.
        message.forget();
        error.forget();
        self.source.replace(Some(source));
    }

    fn hear(&self, message: &MessageEvent) {
        let event = message.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(event) = event {
            (self.heard)(&event);
            self.say(LineState::Live);
        }
    }

    fn lose(self: &Rc<Self>) {
        if document().hidden() {
            return;
        }
        self.say(LineState::Lost);
        let gave_up =
            self.source.borrow().as_ref().is_some_and(|source| source.ready_state() == EventSource::CLOSED);
        if gave_up && !self.waits.replace(true) {
            let line = Rc::clone(self);
            set_timeout(
                move || {
                    line.waits.set(false);
                    line.connect();
                },
                PATIENCE,
            );
        }
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.set_onmessage(None);
            source.set_onerror(None);
            source.close();
        }
    }

    fn say(&self, state: LineState) {
        (self.said)(state);
    }
}
