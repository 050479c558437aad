//! The few things that an import does with the browser: its files, the drop, and sending one.

use super::import_queue::Fields;
use crate::api::ApiError;
use crate::texts::{Locale, sending as say};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::{FromServerFnError as _, document, window};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry, FormData,
    HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest,
};

thread_local! {
    /// The files by their places in the list. They can't leave the browser's thread, and the page has one list.
    static FILES: RefCell<Vec<File>> = const { RefCell::new(Vec::new()) };
    /// What is being sent.
    static SENDING: RefCell<Vec<XmlHttpRequest>> = const { RefCell::new(Vec::new()) };
}

/// A file that somebody chose.
pub(super) struct Chosen {
    pub(super) file: File,
    /// With the folders it came in.
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: u64,
    pub(super) modified: i64,
}

impl Chosen {
    fn of(file: File, name: String) -> Self {
        Self {
            name,
            media_type: file.type_(),
            bytes: file.size() as u64,
            modified: file.last_modified() as i64,
            file,
        }
    }
}

/// What became of a file that was sent.
pub(super) enum Sent {
    /// It is here, or was.
    Taken,
    /// The server said no.
    Refused(ApiError),
    /// No answer came.
    Broken,
    /// We broke it off.
    BrokenOff,
}

/// Keeps a file; its place is its id.
pub(super) fn put(file: File) -> usize {
    FILES.with_borrow_mut(|files| {
        files.push(file);
        files.len() - 1
    })
}

/// The files of an input, with the folders of a chosen folder.
pub(super) fn files_in(input: &HtmlInputElement) -> Vec<Chosen> {
    let files = input.files().map(listed).unwrap_or_default();
    files
        .into_iter()
        .map(|file| {
            let path =
                Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
            let name = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
            Chosen::of(file, name)
        })
        .collect()
}

fn listed(files: FileList) -> Vec<File> {
    (0..files.length()).filter_map(|place| files.item(place)).collect()
}

/// What was dropped.
pub(super) enum Dropped {
    Entry(FileSystemEntry),
    File(File),
}

/// What was dropped, as long as the browser still says it.
pub(super) fn entries(transfer: &DataTransfer) -> Vec<Dropped> {
    let items = transfer.items();
    (0..items.length())
        .filter_map(|place| {
            let item = items.get(place).filter(|item| item.kind() == "file")?;
            match item.webkit_get_as_entry() {
                Ok(Some(entry)) => Some(Dropped::Entry(entry)),
                _ => item.get_as_file().ok().flatten().map(Dropped::File),
            }
        })
        .collect()
}

/// Every file that was dropped, those in folders too.
pub(super) async fn files_of(dropped: Vec<Dropped>) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    let mut to_open: Vec<Dropped> = dropped.into_iter().rev().collect();
    while let Some(next) = to_open.pop() {
        match next {
            Dropped::File(file) => {
                let name = file.name();
                chosen.push(Chosen::of(file, name));
            }
            Dropped::Entry(entry) if entry.is_directory() => {
                to_open.extend(children(entry.unchecked_into()).await.into_iter().rev().map(Dropped::Entry));
            }
            Dropped::Entry(entry) => {
                let name = entry.full_path().trim_start_matches('/').to_owned();
                if let Some(file) = opened(entry.unchecked_into()).await {
                    chosen.push(Chosen::of(file, name));
                }
            }
        }
    }
    chosen
}

async fn opened(entry: FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A folder's entries. Browsers hand out a hundred at a time.
async fn children(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
                let _ = reject.call0(&JsValue::NULL);
            }
        });
        let Ok(some) = JsFuture::from(promise).await else { return all };
        let some = Array::from(&some);
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(|entry| entry.unchecked_into::<FileSystemEntry>()));
    }
}

/// The form's text fields.
pub(super) fn fields(form: &HtmlFormElement) -> Fields {
    let data = FormData::new_with_form(form).ok();
    let text = |name: &str| data.as_ref().and_then(|data| data.get(name).as_string()).unwrap_or_default();
    Fields {
        wnid: text("wnid"),
        licence: text("licence"),
        attribution: text("attribution"),
        creator: text("creator"),
        source_url: text("source_url"),
        found_by: text("found_by"),
    }
}

/// Sends a file, and tells how far it is in percent.
pub(super) async fn send(
    locale: Locale,
    import: i64,
    id: usize,
    name: &str,
    modified: i64,
    progress: impl Fn(u8) + 'static,
) -> Sent {
    let file = FILES.with_borrow(|files| files.get(id).cloned());
    let (Some(file), Ok(request)) = (file, XmlHttpRequest::new()) else { return Sent::Broken };
    let name = String::from(js_sys::encode_uri_component(name));
    let address = format!("/import/{import}/file?modified={modified}&name={name}");
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress((100.0 * event.loaded() / event.total()) as u8);
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let is_broken_off = sent(&request, &address, &file).await;
    match request.status().unwrap_or(0) {
        _ if is_broken_off => Sent::BrokenOff,
        200 => Sent::Taken,
        status => refusal(locale, status, &request).map_or(Sent::Broken, Sent::Refused),
    }
}

/// Sends, and waits for the end, whatever it is; says whether it was we who broke it off.
async fn sent(request: &XmlHttpRequest, address: &str, file: &File) -> bool {
    let ended = Promise::new(&mut |resolve: Function, _| {
        request.set_onloadend(Some(&resolve));
        let begun = request
            .open("PUT", address)
            .and_then(|()| request.set_request_header("accept", "application/json"))
            .and_then(|()| request.send_with_opt_blob(Some(file)));
        if begun.is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    SENDING.with_borrow_mut(|sending| sending.push(request.clone()));
    let _ = JsFuture::from(ended).await;
    SENDING.with_borrow_mut(|sending| {
        let before = sending.len();
        sending.retain(|other| other != request);
        sending.len() == before
    })
}

/// What the answer says against the file; nothing where it says only that something is broken. A proxy on the way may answer
/// in its own words, so those of a status that we know are ours.
fn refusal(locale: Locale, status: u16, request: &XmlHttpRequest) -> Option<ApiError> {
    match status {
        413 => Some(ApiError::Invalid(say::too_large(locale).to_owned())),
        429 => Some(ApiError::TooOften { seconds: 2 }),
        503 => Some(ApiError::Unavailable { seconds: 5 }),
        400..=499 => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            Some(ApiError::de(text.into()))
        }
        _ => None,
    }
}

/// Breaks off whatever is being sent.
pub(super) fn break_off() {
    for request in SENDING.take() {
        // It fails only for a request that has ended.
        let _ = request.abort();
    }
}

/// Waits.
pub(super) async fn sleep(seconds: u32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let milliseconds = i32::try_from(seconds.saturating_mul(1_000)).unwrap_or(i32::MAX);
        // Without timers nothing would ever go on by itself; then it goes on at once.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Changes the page's address without leaving it.
pub(super) fn name_address(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, &document().title(), Some(path));
    }
}

/// Goes to another page.
pub(super) fn go_to(path: &str) {
    let _ = window().location().set_href(path);
}
