//! Which address shows which screen.

use super::screen::page;
use super::*;
use crate::api::ApiError;
use crate::texts::problem as say;
use crate::viewer::locale;
use leptos::prelude::*;
use leptos_router::SsrMode::Async;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// All screens by their addresses.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=not_found>
                <Route path=path!("/") view=start::start ssr=Async/>
                <Route path=path!("/sign-in") view=sign_in::sign_in ssr=Async/>
                <Route path=path!("/sign-up") view=sign_up::sign_up ssr=Async/>
                <Route path=path!("/invitation/:token") view=invitation::invitation ssr=Async/>
                <Route path=path!("/account") view=account::account ssr=Async/>
                <Route path=path!("/label/:project") view=label::label ssr=Async/>
                <Route path=path!("/label/:project/practice/:wnid") view=practice::practice ssr=Async/>
                <Route path=path!("/work") view=work::work ssr=Async/>
                <Route path=path!("/label/:project/last") view=label_last::label_last ssr=Async/>
                <Route path=path!("/synsets") view=synsets::synsets ssr=Async/>
                <Route path=path!("/synsets/tree") view=tree::tree ssr=Async/>
                <Route path=path!("/synset/:wnid") view=synset::synset ssr=Async/>
                <Route path=path!("/projects") view=projects::projects ssr=Async/>
                <Route path=path!("/project/:project") view=project::project ssr=Async/>
                <Route path=path!("/project/:project/tree") view=project_tree::project_tree ssr=Async/>
                <Route path=path!("/project/:project/synset/:wnid") view=project_synset::project_synset ssr=Async/>
                <Route path=path!("/project/:project/synset/:wnid/image/:candidate") view=project_image::project_image ssr=Async/>
                <Route path=path!("/project/:project/workers") view=workers::workers ssr=Async/>
                <Route path=path!("/project/:project/worker/:account") view=worker::worker ssr=Async/>
                <Route path=path!("/project/:project/worker/:account/exclude") view=exclusion::exclude ssr=Async/>
                <Route path=path!("/project/:project/worker/:account/restore") view=exclusion::restore ssr=Async/>
                <Route path=path!("/project/:project/review") view=review::project_review ssr=Async/>
                <Route path=path!("/review") view=review::review ssr=Async/>
                <Route path=path!("/project/:project/audit") view=audit::audit ssr=Async/>
                <Route path=path!("/project/:project/anchors") view=audit::anchors ssr=Async/>
                <Route path=path!("/project/:project/replay") view=replay::replay ssr=Async/>
                <Route path=path!("/project/:project/forecast") view=forecast::forecast ssr=Async/>
                <Route path=path!("/project/:project/certificate") view=certificate::certificate ssr=Async/>
                <Route path=path!("/project/:project/synset/:wnid/duplicates") view=duplicates::duplicates ssr=Async/>
                <Route path=path!("/project/:project/settings") view=settings::settings ssr=Async/>
                <Route path=path!("/project/:project/synset/:wnid/settings") view=settings::synset_settings ssr=Async/>
                <Route path=path!("/project/:project/seed") view=seed::seed ssr=Async/>
                <Route path=path!("/project/:project/import") view=import_form::import_form ssr=Async/>
                <Route path=path!("/import/:import") view=import::import ssr=Async/>
                <Route path=path!("/accounts") view=accounts::accounts ssr=Async/>
            </FlatRoutes>
        </Router>
    }
}

fn not_found() -> impl IntoView {
    page(async { Err(ApiError::NotFound(say::no_such_page(locale()).to_owned())) })
}
