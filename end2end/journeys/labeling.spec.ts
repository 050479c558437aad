// The labeling page in a worker's hands: what is picked is not lost, what is sent counts once.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates } from "./photographs";
import { exportedVotes, importPhotographs, makeProject, newName, openSignUp, signInAsAdmin, signUp, visitor } from "./server";
import { answerBatch, begin, ready } from "./voters";

const fruit = "n13134947";
const batchSize = 6;
let adminContext: BrowserContext;
let project: number;

test.beforeAll(async ({ browser }) => {
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  project = await makeProject(adminContext.request, newName("Labeling"), [fruit], { batch_size: batchSize });
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
const submit = (page: Page) => page.getByRole("button", { name: /^Submit/ });

/** The labels that the worker who voted last gave to the candidates that were shown. */
async function votesOn(shown: number[]) {
  const votes = await exportedVotes(adminContext.request, project);
  const worker = votes.at(-1)?.worker;
  return votes.filter((vote) => vote.worker === worker && shown.includes(vote.candidate)).map((vote) => vote.label).sort();
}

const shownCandidates = (page: Page) =>
  page.locator("#board input[name='yes[]']").evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLInputElement).value)));

test("the question says what is meant, and how to answer", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("fruit");
  await expect(page.getByText("the ripened reproductive body of a seed plant")).toBeVisible();
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
  await expect(said(page)).toHaveText(`${batchSize} votes recorded. Next: fruit`);
  const second = await shownCandidates(page);
  expect(second.filter((candidate) => first.includes(candidate))).toEqual([]);
  expect(await picked(page)).toEqual(Array(batchSize).fill(false));
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
  expect(await picked(page)).toEqual([false, true, false, false, true, false]);
  await expect(unsure(page).nth(2)).toBeChecked();
  await page.getByRole("button", { name: "Submit 2 picked, 1 unsure" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  await page.reload();
  await ready(page);
  expect(await picked(page)).toEqual(Array(batchSize).fill(false));
});

test("without a network the picks are kept, and the second try counts once", async ({ page, context }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 0).click();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Submit 1 picked" }).click();
  await expect(page.getByRole("alert")).toContainText("Your picks are kept");
  expect((await picked(page))[0]).toBe(true);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
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
  await expect(page.getByRole("alert")).toContainText("Your picks are kept");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(said(page)).toContainText(`${batchSize} votes recorded`);
  expect(losses).toBe(1);
  expect(await votesOn(shown)).toEqual(["0", "0", "0", "0", "0", "1"]);
});

test("unsure is an answer of its own and beats a pick", async ({ page }) => {
  await open(page);
  await ready(page);
  const shown = await shownCandidates(page);
  await pick(page, 0).click();
  await unsure(page).nth(0).check();
  await unsure(page).nth(5).check();
  expect((await picked(page))[0], "the box that was ticked last wins").toBe(false);
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
  expect(await picked(page)).toEqual([false, true, false, false, false, false]);
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
  expect(await picked(page)).toEqual([false, true, true, false, false, false]);
  await expect(unsure(page).nth(5)).toBeChecked();
  await page.keyboard.press("Control+z");
  await expect(unsure(page).nth(5)).not.toBeChecked();
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
