// What a worker meets around labeling: terms, the meaning, practice where an expert's word is known, and a page of one's own.
// On a desktop and on a phone, with and without script.
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates } from "./photographs";
import { importPhotographs, makeProject, mustCall, newName, openSignUp, signInAsAdmin, signUp, url, visitor } from "./server";
import { meaningOf, voteByForm } from "./voters";

const fruit = "n13134947";
const terms = "The pictures come from the open web.\n\nYour answers are published under a pseudonym.";
let adminContext: BrowserContext;

test.beforeAll(async ({ browser }) => {
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
});
test.afterAll(() => adminContext.close());

/** A project of fruit with terms. */
async function project(photographs = candidates(fruit)) {
  const made = await makeProject(adminContext.request, newName("Entry"), [fruit], { batch_size: 6 });
  await mustCall(adminContext.request, "change_entry", { project: made, terms, definition_questions: true });
  await importPhotographs(adminContext.request, made, fruit, photographs);
  return made;
}

/** A worker's browser like the one of this run, with or without script. */
async function worker(browser: Browser, isMobile: boolean, javaScriptEnabled: boolean) {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const context = await visitor(browser, { javaScriptEnabled, ...(isMobile ? phone : {}) });
  await signUp(context.request, newName("worker"));
  return context;
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const nothingLost = async (page: Page) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, "nothing scrolls the page sideways").toBeLessThanOrEqual(0);
};

for (const script of [true, false]) {
  test(`terms and the meaning come before the first page, ${script ? "with" : "without"} script`, async ({ browser, isMobile }) => {
    const made = await project();
    const context = await worker(browser, isMobile, script);
    const page = await context.newPage();

    await test.step("whoever does not agree comes back to the start page, and is asked again", async () => {
      await page.goto(`/label/${made}`);
      await expect(page.getByText("Your answers are published under a pseudonym.")).toBeVisible();
      await nothingLost(page);
      await page.getByRole("link", { name: "Not now" }).click();
      await expect(heading(page)).toContainText("Hello, ");
      await page.goto(`/label/${made}`);
      await page.getByRole("button", { name: "I agree" }).click();
    });

    await test.step("a wrong meaning is explained, and asked again", async () => {
      await expect(heading(page)).toHaveText("What is meant by “fruit”?");
      await nothingLost(page);
      const meaning = await meaningOf(context.request, fruit);
      const wrong = page.locator(".choice").filter({ hasNotText: meaning }).first();
      await wrong.click();
      await page.getByRole("button", { name: "That is it" }).click();
      await expect(page.getByRole("alert")).toContainText("Not quite");
      await expect(page.getByRole("alert")).toContainText(meaning);
      await page.locator(".choice").filter({ hasText: meaning }).click();
      await page.getByRole("button", { name: "That is it" }).click();
    });

    await test.step("then comes the first page, and neither is asked again", async () => {
      await expect(page.locator("#board .tile")).toHaveCount(6);
      await page.reload();
      await expect(page.locator("#board .tile")).toHaveCount(6);
    });

    await test.step("a new wording of the terms asks again", async () => {
      const form = { project: made, terms: `${terms}\n\nBe kind.`, definition_questions: true };
      await mustCall(adminContext.request, "change_entry", form);
      await page.goto(`/label/${made}`);
      await expect(page.getByText("Be kind.")).toBeVisible();
      await page.getByRole("button", { name: "I agree" }).click();
      await expect(page.locator("#board .tile")).toHaveCount(6);
    });
    await context.close();
  });
}

test("a definition question can be answered by keyboard alone", async ({ browser, isMobile }) => {
  test.skip(isMobile, "phones have no keyboard");
  const made = await project();
  const context = await worker(browser, false, true);
  const page = await context.newPage();
  await page.goto(`/label/${made}`);
  await page.getByRole("button", { name: "I agree" }).press("Enter");
  await expect(page.locator(".choice").first()).toBeVisible();
  const meaning = await meaningOf(context.request, fruit);
  const texts = await page.locator(".choice").allInnerTexts();
  const place = texts.findIndex((text) => text.includes(meaning));
  await page.locator(".choice input").first().focus();
  await page.keyboard.press("Space");
  for (let step = 0; step < place; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator("#board .tile")).toHaveCount(6);
  await context.close();
});

test("one's own page counts what was done today", async ({ browser, isMobile }) => {
  const made = await project(candidates(fruit).slice(0, 6));
  const context = await worker(browser, isMobile, false);
  const page = await context.newPage();
  await page.goto("/work");
  await expect(page.getByRole("heading", { name: "No votes yet" })).toBeVisible();
  expect(await voteByForm(page, made, 1)).toBe(1);
  await page.getByRole("link", { name: "My work" }).click();
  await expect(heading(page)).toHaveText("My work");
  const figure = (name: string) =>
    page.locator("dl.figures > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");
  await expect(figure("Votes")).toHaveText("6");
  await expect(figure("Pages")).toHaveText("1");
  await expect(figure("Days in a row")).toHaveText("1");
  await expect(page.getByRole("img", { name: /^Votes by day: 6 in 14 days/ })).toBeVisible();
  await page.getByText("The same as a table").click();
  await expect(page.getByRole("region", { name: "Votes by day" }).getByRole("row")).toHaveCount(15);
  await nothingLost(page);
  await context.close();
});

test("an admin writes the terms and sees them as workers do", async ({ isMobile }) => {
  test.skip(isMobile, "once is enough");
  const made = await makeProject(adminContext.request, newName("Terms"), [fruit]);
  const page = await adminContext.newPage();
  await page.goto(`${url}/project/${made}/settings`);
  await expect(page.getByText("There are no terms: nobody is asked.")).toBeVisible();
  await page.getByLabel("Terms").fill("Be kind.\n\nBe quick.");
  await page.locator("#entry").getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".notice")).toContainText("asked to agree");
  await page.getByText("As workers see them").click();
  await expect(page.locator(".preview .terms p")).toHaveText(["Be kind.", "Be quick."]);
  await expect(page.getByText("Version 1, written")).toBeVisible();
  await page.close();
});
