//! A project and its synsets, watched.

use crate::fake::Stage;
use crate::get;
use domain::roles::Role;

#[tokio::test]
async fn a_table_says_how_it_is_sorted_and_where_it_goes_on() {
    let answer = get(Stage::of(Role::Manager), "/project/1?sort=votes&dir=desc").await;
    answer
        .says("aria-sort=\"descending\"")
        .says("/project/1?sort=votes&amp;dir=desc&amp;after=whippet%20n02091134%2F1");
    assert_eq!(answer.html.matches("aria-sort").count(), 1);
    answer.says("/project/1\"").says("/project/1?sort=votes\"");
}

#[tokio::test]
async fn a_filter_keeps_the_search_and_nothing_found_says_what_was_looked_for() {
    let answer = get(Stage::of(Role::Manager), "/project/1?show=starved&q=whip").await;
    answer.is(200).says("Nothing matches").says("“whip”").says("“Starved”");
    answer.says("href=\"/project/1?show=starved\"").says("href=\"/project/1?show=hard&amp;q=whip\"");
    answer.says("without a single vote in the last 24 hours");
}

#[tokio::test]
async fn costs_are_shown_where_a_vote_has_a_price() {
    get(Stage::of(Role::Manager), "/project/1").await.says("Cost left").says("3,748\u{a0}EUR");
    get(Stage::of(Role::Manager), "/project/2")
        .await
        .does_not_say("data-figure=\"cost-left\"")
        .says("312,346");
}

#[tokio::test]
async fn a_tree_says_what_its_subtrees_hold() {
    let answer = get(Stage::of(Role::Manager), "/project/1/tree?at=n02084071").await;
    answer.is(200).says("/project/1/tree?at=n02121808").says("<details>").says("8\u{a0}synsets");
    get(Stage { empty: true, ..Stage::of(Role::Manager) }, "/project/1/tree")
        .await
        .is(200)
        .says("No synsets yet");
}

#[tokio::test]
async fn a_confidence_table_marks_what_settles() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    // What settles is said by a sign, by a word and by the line, not by colour.
    answer
        .says("class=\"verdict-mark\"")
        .says(">✓</span>")
        .says("<span class=\"visually-hidden\"> negative</span>")
        .says("edge-above")
        .says("edge-before")
        .says("Good images get a yes from 95\u{a0}% of workers, bad ones from 3\u{a0}%.");
    get(Stage::of(Role::Manager), "/project/1/synset/n02123394")
        .await
        .says("On hold: No level reaches")
        .says("Very hard");
}

#[tokio::test]
async fn a_cell_tells_more_by_its_button_without_script() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    answer
        .says("popovertarget=\"cell-3-1\"")
        .says("id=\"cell-3-1\"")
        .says("range that holds the true chance nine times in ten")
        .says("more than 5 votes");
    assert_eq!(answer.html.matches("class=\"cell-card\"").count(), 21);
}

#[tokio::test]
async fn a_table_has_its_versions_and_what_each_changed() {
    let newest = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    newest
        .says("href=\"/project/1/synset/n02110341?version=2#table\"")
        .says("Target precision set from 99\u{a0}% to 99.5\u{a0}%.")
        .says("To the version before: the threshold went from .96 to .97; n* went from 2 to 3; 7\u{a0}cells of 135 changed sides")
        .does_not_say("An older version");
    let older = get(Stage::of(Role::Manager), "/project/1/synset/n02110341?version=1").await;
    older.says("An older version").says("Version 1, built").does_not_say("To the version before");
}

#[tokio::test]
async fn a_gallery_keeps_its_kind_and_order_through_every_link() {
    let path = "/project/1/synset/n02110341?show=negative&sort=disputed";
    let answer = get(Stage::of(Role::Manager), path).await;
    answer
        .says("?show=negative&amp;sort=disputed&amp;after=12#gallery")
        .says("?show=open&amp;sort=disputed#gallery")
        .says("?show=negative&amp;sort=confident#gallery")
        .says("/image/7?show=negative&amp;sort=disputed")
        .says("closest to half yes and half no");
    get(Stage::of(Role::Manager), "/project/1/synset/n02110341?show=duplicate")
        .await
        .does_not_say("Most confident")
        .says("Looks like candidate 12, 1\u{a0}bit apart");
}

#[tokio::test]
async fn an_image_has_its_votes_its_judgement_and_its_provenance() {
    let path = "/project/1/synset/n02110341/image/7?show=positive&sort=confident";
    let answer = get(Stage::of(Role::Manager), path).await;
    answer
        .says("first no, changed ")
        .says("Not counted: this worker is excluded.")
        .says("Why: confidence reached the threshold.")
        .says("The chance that it is good is &gt;.99, .97 is needed")
        .says("Photograph by Jane Doe")
        .says("1,600 × 1,200 pixels, JPEG, 348\u{a0}kB")
        .says("rel=\"prev\" href=\"/project/1/synset/n02110341/image/6?show=positive&amp;sort=confident\"")
        .says("rel=\"next\" href=\"/project/1/synset/n02110341/image/8?show=positive&amp;sort=confident\"");
    get(Stage::of(Role::Manager), "/project/1/synset/n02110341/image/24?show=positive")
        .await
        .says("It is not among these any more: it is open now.");
}

#[tokio::test]
async fn a_chart_has_its_figures_beside_it() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    answer
        .says("Images settled until 22 November 2026, 14:05 UTC: 3,036 positive, 4,555 negative, 202 escalated.")
        .says("<svg role=\"img\"")
        .says("The figures as a table")
        .says("<td class=\"number\">3,036</td>");
    get(Stage::of(Role::Manager), "/project/1/synset/n02123597").await.is(200).does_not_say("Over time");
}

#[tokio::test]
async fn a_gallery_lets_fine_screens_choose_the_medium_picture() {
    for path in ["/project/1/synset/n02110341", "/project/1/worker/3", "/project/1/worker/3/exclude"] {
        let page = get(Stage::of(Role::Manager), path).await;
        page.says("?medium 384w\"").says("sizes=\"(max-width: 30rem) 45vw, 12rem\"");
    }
}
