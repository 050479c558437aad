// The labeling page in a worker's hands: what is picked is not lost, what is sent counts once.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates } from "./photographs";
import { exportedVotes, importPhotographs, makeProject, mustCall, newName, openSignUp, signIn, signInAsAdmin, signUp, visitor } from "./server";
import { answerBatch, begin, ready } from "./voters";

const fruit = "n13134947";
const batchSize = 6;
let adminContext: BrowserContext;
let project: number;

test.beforeAll(async ({ browser }) => {
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  project = await makeProject(adminContext.request, newName("Labeling"), [fruit], {
    batch_size: batchSize,
    // Each test is a new worker, who holds pictures that others can't have meanwhile.
    initial_votes: 50,
    votes_cap: 80,
  });
  await importPhotographs(adminContext.request, project, fruit, candidates(fruit));
});
test.afterAll(() => adminContext.close());

/** Opens the labeling page as a new worker. */
async function open(page: Page) {
  await signUp(page.context().request, newName("labeler"));
  await begin(page.context().request, project);
  await page.goto(`/label/${project}`);
}

const pick = (page: Page, place: number) => page.locator("#board .tile label.pick").nth(place);
const picked = (page: Page) =>
  page.locator("#board input[name='yes[]']").evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
const unsure = (page: Page) => page.locator("#board input[name='unsure[]']");
const said = (page: Page) => page.locator("#board [role='status']");
const post = (page: Page) => page.locator("#board .post");
const submit = (page: Page) => page.getByRole("button", { name: /^Submit/ });

/** The labels that the worker who voted last gave to the candidates that were shown. */
async function votesOn(shown: number[]) {
  const votes = await exportedVotes(adminContext.request, project);
  const worker = votes.at(-1)?.worker;
  return votes.filter((vote) => vote.worker === worker && shown.includes(vote.candidate)).map((vote) => vote.label).sort();
}

const reported = (page: Page, what: "broken" | "offensive") => page.locator(`#board input[name='${what}[]']`);

type Way = "left" | "right" | "up";
const keys = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp" };
const press = (page: Page, way: Way) => page.keyboard.press(keys[way]);

/** Moves a finger over the large picture. */
async function swipe(page: Page, way: Way) {
  const picture = page.locator("#board .single-picture");
  await picture.scrollIntoViewIfNeeded();
  const box = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const by = { left: [-120, 0], right: [120, 0], up: [0, -120] }[way] as [number, number];
  const hand = await page.context().newCDPSession(page);
  await hand.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [from] });
  for (const part of [0.5, 1]) {
    const touchPoints = [{ x: from.x + by[0] * part, y: from.y + by[1] * part }];
    await hand.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
  }
  await hand.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await hand.detach();
}

const shownCandidates = (page: Page) =>
  page.locator("#board input[name='yes[]']").evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLInputElement).value)));

test("the question says what is meant, and how to answer", async ({ page, isMobile }) => {
  await open(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("fruit");
  await expect(page.getByText("the ripened reproductive body of a seed plant")).toBeVisible();
  if (isMobile) {
    // Where there is no room beside the pictures, the rest is folded, and one tap away.
    await expect(page.locator("#about")).toBeHidden();
    await expect(page.locator("#board .tile").nth(2)).toBeInViewport();
    await page.getByRole("link", { name: "About it" }).tap();
  }
  await expect(page.locator("#about")).toBeVisible();
  await expect(page.getByRole("link", { name: /Wikipedia/ })).toHaveAttribute("href", /wikipedia\.org\/wiki\/Fruit/);
  await expect(page.locator("#board .tile")).toHaveCount(batchSize);
  for (const image of await page.locator("#board .tile img").all()) {
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((node) => (node as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  }
});

test("the next batch appears without a page load, and what is read out says so", async ({ page }) => {
  await open(page);
  await ready(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const first = await shownCandidates(page);
  await answerBatch(page, 1, "mouse");
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  const second = await shownCandidates(page);
  expect(second.filter((candidate) => first.includes(candidate))).toEqual([]);
  await expect.poll(() => picked(page)).toEqual(Array(batchSize).fill(false));
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expect(page.locator("#board input[name='yes[]']").first()).toBeFocused();
});

test("picks survive a reload, and are forgotten once they are recorded", async ({ page }) => {
  await open(page);
  await ready(page);
  await pick(page, 1).click();
  await pick(page, 4).click();
  await unsure(page).nth(2).check();
  await page.reload();
  await ready(page);
  await expect.poll(() => picked(page)).toEqual([false, true, false, false, true, false]);
  await expect(unsure(page).nth(2)).toBeChecked();
  await page.getByRole("button", { name: "Submit 2 picked, 1 unsure" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  await page.reload();
  await ready(page);
  await expect.poll(() => picked(page)).toEqual(Array(batchSize).fill(false));
});

test("without a network the answers wait here, and count once when it is back", async ({ page, context }) => {
  await withoutFetchingAhead(page);
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 0).click();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(post(page)).toContainText(`You are offline: ${batchSize} answers wait to be sent`);
  await expect(said(page)).toContainText("your answers are kept here");
  await expect.poll(async () => (await picked(page))[0]).toBe(true);
  await expect(page.locator("#board fieldset.tiles")).toHaveAttribute("disabled", "");
  await context.setOffline(false);
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  await expect(post(page)).toHaveText(`${batchSize} votes recorded`);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0", "1"]);
});

test("an answer that never left is sent by the next visit, before anything else is asked", async ({ page }) => {
  await withoutFetchingAhead(page);
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 2).click();
  let isDown = true;
  await page.route("**/api/submit_votes", (route) => (isDown ? route.abort("connectionreset") : route.continue()));
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(post(page)).toContainText(`The server can’t be reached: ${batchSize} answers wait to be sent`);
  isDown = false;
  await page.reload();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect((await shownCandidates(page)).filter((candidate) => shown.includes(candidate))).toEqual([]);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0", "1"]);
});

test("an answer that was recorded but lost on its way back is not counted twice", async ({ page }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 3).click();
  let losses = 0;
  await page.route("**/api/submit_votes", async (route) => {
    if (losses > 0) return route.continue();
    losses += 1;
    expect((await route.fetch()).status()).toBe(200);
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(losses).toBe(1);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0", "1"]);
});

test("a proxy's page in the server's place is no refusal", async ({ page }) => {
  await open(page);
  await ready(page);
  await pick(page, 1).click();
  let answers = 0;
  await page.route("**/api/submit_votes", (route) => {
    answers += 1;
    return answers === 1 ? route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }) : route.continue();
  });
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(answers).toBe(2);
});

test("who is signed out meanwhile signs in, and the answers are sent", async ({ page, context }) => {
  const name = newName("labeler");
  await signUp(context.request, name);
  await begin(context.request, project);
  await page.goto(`/label/${project}`);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 4).click();
  await mustCall(context.request, "sign_out", {});
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(post(page)).toContainText("You are signed out");
  await signIn(context.request, name);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.goto(`/label/${project}`);
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0", "1"]);
});

test("a refused page is kept until the worker has read why, and blocks nothing", async ({ page }) => {
  await withoutFetchingAhead(page);
  await open(page);
  await ready(page);
  await pick(page, 0).click();
  let refusals = 0;
  await page.route("**/api/submit_votes", (route) => {
    refusals += 1;
    const body = JSON.stringify({ Conflict: "This page was answered already; the answers of the first time count." });
    return refusals === 1 ? route.fulfill({ status: 409, contentType: "application/json", body }) : route.continue();
  });
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(page.getByRole("alert")).toContainText("answered already");
  // The server knows nothing of it, so the same page is open still: its answers come back to be mended.
  await page.getByRole("link", { name: "Get a new page" }).click();
  await ready(page);
  await expect(page.getByRole("alert")).toContainText("answered already");
  await expect.poll(async () => (await picked(page))[0]).toBe(true);
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
});

test("unsure is an answer of its own and beats a pick", async ({ page }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 0).click();
  await unsure(page).nth(0).check();
  await unsure(page).nth(5).check();
  await expect.poll(async () => (await picked(page))[0], "the box that was ticked last wins").toBe(false);
  await pick(page, 1).click();
  await page.getByRole("button", { name: "Submit 1 picked, 2 unsure" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0.5", "0.5", "1"]);
});

test("nothing picked is asked about, and none of these is an answer", async ({ page }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await submit(page).click();
  await expect(page.getByRole("alert")).toHaveText(/Nothing is picked/);
  await pick(page, 2).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "None of these" })).toBeDisabled();
  await pick(page, 2).click();
  await page.getByRole("button", { name: "None of these" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(await votesOn(shown)).toEqual(Array(batchSize).fill("0"));
});

test("a picture can be looked at large and picked there", async ({ page }) => {
  await open(page);
  await ready(page);
  await page.getByRole("link", { name: "Enlarge candidate 2" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img", { name: `Candidate 2 of ${batchSize}` })).toBeVisible();
  await dialog.getByRole("button", { name: "Pick", exact: true }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => picked(page)).toEqual([false, true, false, false, false, false]);
});

test("everything can be done by keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no keys");
  await open(page);
  await ready(page);
  const boxes = page.locator("#board input[name='yes[]']");
  await boxes.first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("u");
  await expect.poll(() => picked(page)).toEqual([false, true, true, false, false, false]);
  await expect(unsure(page).nth(5)).toBeChecked();
  await page.keyboard.press("Control+z");
  await expect(unsure(page).nth(5)).not.toBeChecked();
  await page.keyboard.press("Control+Shift+z");
  await expect(unsure(page).nth(5)).toBeChecked();
  await page.keyboard.press("x");
  await expect(unsure(page).nth(5)).not.toBeChecked();
  await expect(reported(page, "broken").nth(5)).toBeChecked();
  await page.keyboard.press("!");
  await expect(reported(page, "offensive").nth(5)).toBeChecked();
  await page.keyboard.press("!");
  await page.keyboard.press("z");
  await expect(page.getByRole("dialog").getByRole("img")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(boxes.nth(5)).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
});

test("a range is picked with the shift key, by arrows and by the mouse, and taken back at once", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no keys");
  await open(page);
  await ready(page);
  await page.locator("#board input[name='yes[]']").nth(1).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(() => picked(page)).toEqual([false, true, true, true, false, false]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => picked(page)).toEqual(Array(batchSize).fill(false));
  await pick(page, 5).click();
  await pick(page, 2).click({ modifiers: ["Shift"] });
  await expect.poll(() => picked(page)).toEqual([false, false, true, true, true, true]);
  await pick(page, 3).click({ modifiers: ["Shift"] });
  await expect.poll(() => picked(page)).toEqual([false, false, false, false, true, true]);
});

test("single keys can be changed and switched off, and stay so", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no keys");
  await open(page);
  await ready(page);
  const first = page.locator("#board input[name='yes[]']").first();
  await page.getByRole("button", { name: "Keys" }).click();
  await page.getByRole("textbox", { name: "unsure" }).fill("q");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.reload();
  await ready(page);
  await first.focus();
  await page.keyboard.press("u");
  await expect(unsure(page).first()).not.toBeChecked();
  await page.keyboard.press("q");
  await expect(unsure(page).first()).toBeChecked();
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: "Single keys act" }).uncheck();
  await page.keyboard.press("Escape");
  await first.focus();
  await page.keyboard.press("q");
  await page.keyboard.press("z");
  await expect(unsure(page).first()).toBeChecked();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a picture is reported by its menu and in the large view", async ({ page }) => {
  await open(page);
  await ready(page);
  await pick(page, 0).click();
  await page.getByLabel("Report candidate 2").click();
  await reported(page, "broken").nth(1).check();
  await expect(reported(page, "broken").nth(1)).toBeHidden();
  await page.getByRole("link", { name: "Enlarge candidate 3" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Offensive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(reported(page, "offensive").nth(2)).toBeChecked();
  await page.getByRole("button", { name: "Submit 1 picked, 2 reported" }).click();
  await expect(said(page)).toContainText("votes recorded");
});

test("a finger that stays shows the picture and picks nothing", async ({ page, isMobile }) => {
  test.skip(!isMobile, "a desktop has no fingers");
  await open(page);
  await ready(page);
  await pick(page, 1).scrollIntoViewIfNeeded();
  const box = (await pick(page, 1).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const hand = await page.context().newCDPSession(page);
  await hand.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  await expect(page.getByRole("dialog").getByRole("img", { name: `Candidate 2 of ${batchSize}` })).toBeVisible();
  await hand.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
  await expect.poll(() => picked(page)).toEqual(Array(batchSize).fill(false));
  await pick(page, 1).tap();
  await expect.poll(async () => (await picked(page))[1]).toBe(true);
});

test("a mouse that rests shows the picture large until it leaves", async ({ page, isMobile }) => {
  test.skip(isMobile, "a finger does not rest");
  await open(page);
  await ready(page);
  const preview = page.locator("#board .preview");
  await pick(page, 1).hover();
  await expect(preview.locator("img")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(preview).toBeHidden();
  await pick(page, 1).click();
  await page.waitForTimeout(900);
  await expect(preview, "who picks is not looking").toBeHidden();
});

test("one by one: swipes, buttons and keys answer the same page", async ({ page, isMobile }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await page.getByRole("button", { name: "One by one" }).click();
  const progress = page.locator("#board .single-progress");
  await expect(progress).toContainText(`1 of ${batchSize}`);
  const answer = isMobile ? swipe : press;
  await answer(page, "right");
  await expect(progress).toContainText(`2 of ${batchSize}`);
  await answer(page, "up");
  await answer(page, "left");
  await expect(progress).toContainText(`4 of ${batchSize}`);
  // It is remembered, and what was said too.
  await page.reload();
  await ready(page);
  await expect(progress).toContainText(`1 of ${batchSize}`);
  await page.getByRole("button", { name: "All at once" }).click();
  expect((await picked(page)).slice(0, 3)).toEqual([true, false, false]);
  await expect(unsure(page).nth(1)).toBeChecked();
  await page.getByRole("button", { name: "One by one" }).click();
  for (let place = 0; place < batchSize - 1; place += 1) {
    await page.locator("#board .single").getByRole("button", { name: place === 1 ? "Yes" : "No" }).click();
  }
  await page.locator("#board .single").getByRole("button", { name: "Yes" }).click();
  await page.getByRole("button", { name: "Back one" }).click();
  await expect(progress).toContainText(`${batchSize} of ${batchSize}`);
  await page.locator("#board .single").getByRole("button", { name: "Unsure" }).click();
  await page.getByRole("button", { name: "Submit 1 picked, 1 unsure" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  await expect(progress).toContainText(`1 of ${batchSize}`);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0.5", "1"]);
});

/** On a phone, scrolling alone fetches the next batch: then the page that is answered is gone at once. */
const withoutFetchingAhead = (page: Page) => page.route("**/api/prefetch_batch", (route) => route.abort());

/** Picks so far down the page that the next batch is fetched; returns it. */
async function fetchAhead(page: Page) {
  const ahead = page.waitForResponse("**/api/prefetch_batch");
  await pick(page, 4).click();
  const next = (await (await ahead).json()) as { Batch: { assignment: number } };
  return String(next.Batch.assignment);
}
const assignment = (page: Page) => page.locator("#board input[name='assignment']");

test("the next batch is there before the answer is acknowledged", async ({ page }) => {
  await open(page);
  await ready(page);
  const next = await fetchAhead(page);
  let acknowledge = () => {};
  const mayGo = new Promise<void>((go) => (acknowledge = go));
  await page.route("**/api/submit_votes", async (route) => {
    await mayGo;
    await route.continue();
  });
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(assignment(page)).toHaveValue(next);
  await expect(page.locator("#board input[name='yes[]']").first()).toBeFocused();
  await expect(post(page)).toHaveText(`Sending ${batchSize} answers …`);
  acknowledge();
  await expect(post(page)).toHaveText(`${batchSize} votes recorded`);
  await expect(assignment(page)).toHaveValue(next);
});

test("two pages are answered without a network, and sent by the next visit in their order", async ({ page, context }) => {
  await open(page);
  await ready(page);
  const first = await shownCandidates(page);
  const next = await fetchAhead(page);
  await context.setOffline(true);
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false);
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(assignment(page)).toHaveValue(next);
  await expect(post(page)).toContainText(`${batchSize} answers wait to be sent`);
  const second = await shownCandidates(page);
  await pick(page, 0).click();
  await pick(page, 1).click();
  await page.getByRole("button", { name: "Submit 2 picked" }).click();
  await expect(post(page)).toContainText(`${2 * batchSize} answers wait to be sent`);
  // As after a crash: the page is gone before the network is back.
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto(`/label/${project}`);
  await expect(post(later)).toHaveText(`${2 * batchSize} votes recorded`);
  expect((await shownCandidates(later)).filter((candidate) => [...first, ...second].includes(candidate))).toEqual([]);
  expect(await votesOn(first)).toEqual(["0", "0", "0", "0", "0", "1"]);
  expect(await votesOn(second)).toEqual(["0", "0", "0", "0", "1", "1"]);
});

test("the last page can be changed until the next one is submitted", async ({ page }) => {
  await open(page);
  await page.goto(`/label/${project}/last`);
  await expect(page.getByRole("heading", { name: "No page to change" })).toBeVisible();
  await page.goto(`/label/${project}`);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 0).click();
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  await page.getByRole("link", { name: "Change the last page" }).click();
  await ready(page);
  expect(await shownCandidates(page)).toEqual(shown);
  await expect.poll(() => picked(page)).toEqual([true, false, false, false, false, false]);
  await pick(page, 0).click();
  await pick(page, 3).click();
  await page.getByRole("link", { name: "Enlarge candidate 6" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Can’t be seen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Save 1 picked, 1 reported" }).click();
  await expect(page).toHaveURL(new RegExp(`/label/${project}$`));
  await expect(said(page)).toHaveText("3 answers changed.");
  await page.getByRole("link", { name: "Change the last page" }).click();
  await ready(page);
  await expect.poll(() => picked(page)).toEqual([false, false, false, true, false, false]);
  await expect(reported(page, "broken").nth(5)).toBeChecked();
});

test("a last page that waits to be sent is sent before it is changed", async ({ page, context }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await fetchAhead(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(post(page)).toContainText(`${batchSize} answers wait to be sent`);
  await page.getByRole("link", { name: "Change the last page" }).click();
  await expect(said(page)).not.toHaveText("");
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/last$/);
  await ready(page);
  expect(await shownCandidates(page)).toEqual(shown);
  await expect.poll(() => picked(page)).toEqual([false, false, false, false, true, false]);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the same form works, and refuses the same things", async ({ page }) => {
    await open(page);
    const shown = await shownCandidates(page);
    await submit(page).click();
    await expect(page.getByRole("alert")).toHaveText(/Nothing is picked/);
    await pick(page, 5).click();
    await page.getByRole("button", { name: "None of these" }).click();
    await expect(page.getByRole("alert")).toHaveText(/Some pictures are picked/);
    await pick(page, 5).click();
    await unsure(page).nth(0).check();
    await submit(page).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.locator("#board .tile")).toHaveCount(batchSize);
    expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0.5", "1"]);
  });

  test("pictures are reported, and the last page is changed, by plain forms", async ({ page }) => {
    await open(page);
    const shown = await shownCandidates(page);
    await pick(page, 1).click();
    await page.getByLabel("Report candidate 5").click();
    await reported(page, "broken").nth(4).check();
    await submit(page).click();
    await expect(page.locator("#board .tile")).toHaveCount(batchSize);
    expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "1"]);
    await page.getByRole("link", { name: "Change the last page" }).click();
    expect(await shownCandidates(page)).toEqual(shown);
    await expect(reported(page, "broken").nth(4)).toBeChecked();
    await pick(page, 1).click();
    await pick(page, 2).click();
    await page.getByRole("button", { name: "Save picked" }).click();
    await expect(page).toHaveURL(new RegExp(`/label/${project}\\??$`));
    await page.getByRole("link", { name: "Change the last page" }).click();
    await expect.poll(() => picked(page)).toEqual([false, false, true, false, false, false]);
  });

  test("a page that was answered already counts once, whatever the back button brings", async ({ page }) => {
    await open(page);
    const shown = await shownCandidates(page);
    await pick(page, 0).click();
    await submit(page).click();
    await expect(page.locator("#board .tile")).toHaveCount(batchSize);
    await page.goBack();
    await pick(page, 1).click();
    await submit(page).click();
    expect((await votesOn(shown)).filter((label) => label === "1").length).toBeLessThanOrEqual(1);
  });
});
