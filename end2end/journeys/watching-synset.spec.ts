// A manager looks into one synset: its table and versions, its galleries, single images, and how it came to where it stands.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates } from "./photographs";
import { importPhotographs, invite, makeProject, mustCall, newName, openSignUp, signIn, signInAsAdmin, visitor } from "./server";
import { crowd } from "./voters";

const fish = "n02512053";
let project: number;
let manager: string;

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(180_000);
  const admin = await visitor(browser);
  await signInAsAdmin(admin.request);
  await openSignUp(admin.request);
  project = await makeProject(admin.request, newName("Watched"), [fish], { batch_size: 36 });
  await importPhotographs(admin.request, project, fish, candidates(fish));
  await crowd(() => playwright.request.newContext(), project, 11);
  // Another target makes a second version of the table.
  await mustCall(admin.request, "change_overrides", { project, wnid: fish, "settings[rejection]": "0.02" });
  manager = newName("manager");
  const hers = await visitor(browser);
  await invite(admin.request, hers.request, manager, "manager");
  await hers.close();
  await admin.close();
});

const path = () => `/project/${project}/synset/${fish}`;

async function manages(context: BrowserContext): Promise<Page> {
  await signIn(context.request, manager);
  return context.newPage();
}

for (const javaScriptEnabled of [true, false]) {
  test(`a cell of the table tells more by touch and keyboard, ${javaScriptEnabled ? "with" : "without"} script`, async ({ browser }) => {
    const context = await visitor(browser, { javaScriptEnabled });
    const page = await manages(context);
    await page.goto(path());
    const table = page.getByRole("region", { name: "Confidence table" });
    await expect(table.getByRole("columnheader", { name: "“No” votes" })).toBeVisible();
    const card = page.locator("#cell-2-0");
    await expect(card).toBeHidden();
    const cell = table.locator("button[popovertarget='cell-2-0']");
    await cell.click();
    await expect(card).toBeVisible();
    await expect(card.getByRole("heading", { name: "2 yes, 0 no" })).toBeVisible();
    await expect(card.getByText("Nine times in ten between")).toBeVisible();
    await card.getByRole("button", { name: "Close" }).click();
    await expect(card).toBeHidden();
    await cell.focus();
    await page.keyboard.press("Enter");
    await expect(card).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(card).toBeHidden();
    await context.close();
  });
}

test("an older version of the table can be looked at, and says what the next one changed", async ({ browser }) => {
  const context = await visitor(browser);
  const page = await manages(context);
  await page.goto(path());
  await expect(page.getByText("Version 2, built")).toBeVisible();
  await expect(page.getByText(/To the version before: .*changed sides/)).toBeVisible();
  const versions = page.getByRole("region", { name: "Versions of the table" });
  await expect(versions.getByRole("row", { name: /Version 2/ })).toContainText("Rejection level set from .10 to .02.");
  await versions.getByRole("link", { name: "Version 1" }).click();
  await expect(page.getByText("Version 1, built")).toBeVisible();
  await page.getByRole("link", { name: "Show the newest" }).click();
  await expect(page.getByText("Version 2, built")).toBeVisible();
  await context.close();
});

test("a gallery is gone through in its order, and every image shows its votes and where it came from", async ({ browser }) => {
  const context = await visitor(browser);
  const page = await manages(context);
  await page.goto(`${path()}?show=negative`);
  await page.getByRole("navigation", { name: "Order of the images" }).getByRole("link", { name: "Most disputed" }).click();
  await expect(page).toHaveURL(/show=negative&sort=disputed/);
  const tiles = page.locator("#gallery .gallery-tile");
  const ids = await tiles.evaluateAll((nodes) => nodes.map((node) => node.id.slice(1)));
  expect(ids.length).toBeGreaterThan(2);
  const tally = await tiles.first().locator(".tally span").first().innerText();
  const [yes = 0, no = 0] = (tally.match(/\d+/g) ?? []).map(Number);
  await tiles.first().getByRole("link").click();
  for (const id of ids) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Candidate ${id}`);
    if (id === ids[0]) {
      const votes = page.getByRole("region", { name: "Votes on this image" });
      await expect(votes.getByRole("cell", { name: "Yes", exact: true })).toHaveCount(yes);
      await expect(votes.getByRole("cell", { name: "No", exact: true })).toHaveCount(no);
      await expect(page.getByRole("link", { name: "← Previous" })).toHaveCount(0);
      await expect(page.getByText(candidates(fish)[0]?.licence ?? "no licence").first()).toBeVisible();
    }
    if (id !== ids.at(-1)) await page.getByRole("link", { name: "Next →" }).click();
  }
  await expect(page.getByRole("link", { name: "Next →" })).toHaveCount(0);
  await page.getByRole("link", { name: "← Previous" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Candidate ${ids.at(-2)}`);
  await page.getByRole("link", { name: "Negative" }).click();
  await expect(page).toHaveURL(/show=negative&sort=disputed#gallery/);
  await context.close();
});

test("progress has its figures beside the drawing, and nothing scrolls sideways on a phone", async ({ browser }) => {
  const context = await visitor(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await manages(context);
  await page.goto(path());
  await expect(page.getByRole("img", { name: /Images settled until/ })).toBeVisible();
  const chart = page.locator(".chart").filter({ hasText: "Votes in all" });
  await chart.getByText("The figures as a table").tap();
  await expect(chart.getByRole("row").last()).toContainText("200");
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await wide()).toBe(0);
  await page.locator("#gallery .gallery-tile a").first().tap();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Candidate");
  expect(await wide()).toBe(0);
  await context.close();
});
