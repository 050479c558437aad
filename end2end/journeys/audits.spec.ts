// Experts check accepted images without seeing the votes, by keyboard or by plain form; managers read what that certifies.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates, isGood } from "./photographs";
import { importPhotographs, invite, makeProject, newName, openSignUp, signInAsAdmin, url, visitor } from "./server";
import { crowd } from "./voters";

const fish = "n02512053";
let adminContext: BrowserContext;
let project: number;

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(240_000);
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  // Chance draws the initial sample, and few images are left outside it: a draw that leaves nothing to check is drawn again.
  for (let draws = 0, something = false; !something; draws += 1) {
    expect(draws, "a crowd that is right leaves something to check").toBeLessThan(3);
    project = await makeProject(adminContext.request, newName("Audited"), [fish], { batch_size: 36, initial_sample: 10 });
    await importPhotographs(adminContext.request, project, fish, candidates(fish));
    await crowd(() => playwright.request.newContext(), project, 11);
    something = (await (await adminContext.request.get(`${url}/project/${project}/audit`)).text()).includes("case-answers");
  }
});
test.afterAll(() => adminContext.close());

async function become(page: Page, role: string) {
  await invite(adminContext.request, page.context().request, newName(role), role);
}

/** What is true of the picture on the screen. */
async function shows(page: Page) {
  return isGood(fish, (await page.locator(".case-picture img").getAttribute("src")) ?? "");
}

const progress = (page: Page) => page.locator(".case-side .quiet.small").first();

/** How many were checked, as the page says. */
async function checked(page: Page) {
  return Number(/(\d+) checked/.exec(await progress(page).innerText())?.[1] ?? NaN);
}

test("without script an image is skipped by a link and answered by a plain form", async ({ browser }) => {
  const made = await makeProject(adminContext.request, newName("Plain"), [fish]);
  const context = await visitor(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await become(page, "expert");
  await page.goto(`/project/${made}/audit`);
  await expect(page.getByText("Nothing to check")).toBeVisible();
  await page.goto(`/project/${project}/audit`);
  await page.locator("a[data-key='s']").click();
  await expect(page).toHaveURL(/skip=1/);
  const before = await checked(page);
  await page.getByRole("button", { name: (await shows(page)) ? "It shows it" : "It does not" }).click();
  await expect(page).toHaveURL(new RegExp(`/project/${project}/audit\\??$`));
  expect(await checked(page)).toBe(before + 1);
  await context.close();
});

test("an expert checks images blind, and a manager reads the certificate", async ({ page, browser, isMobile }) => {
  test.setTimeout(60_000);
  await become(page, "expert");
  await page.goto("/review");
  await page.getByRole("link", { name: /Check images of Audited/ }).first().click();
  await page.goto(`/project/${project}/audit`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Does it show: fish?");
  await expect(page.locator("main"), "nothing says what it was taken for").not.toContainText(/\d+ yes|chance|confidence/i);
  const shown = await page.locator(".case-picture img").getAttribute("src");
  await page.reload();
  expect(await page.locator(".case-picture img").getAttribute("src"), "a reload shows the same image").toBe(shown);
  for (let rounds = 0; (await page.locator(".case-answers").count()) > 0; rounds += 1) {
    expect(rounds).toBeLessThan(40);
    const [before, good] = [await progress(page).innerText(), await shows(page)];
    if (isMobile) {
      await page.getByRole("button", { name: good ? "It shows it" : "It does not" }).tap();
    } else {
      // The keys are awake when their switch is there.
      await expect(page.getByRole("button", { name: /Single keys/ })).toBeVisible();
      await page.keyboard.press(good ? "y" : "n");
    }
    await expect(page.locator(".case-side .quiet.small, .empty").first()).not.toHaveText(before);
  }
  await expect(page.getByText("Nothing to check")).toBeVisible();

  const manager = await visitor(browser);
  const reads = await manager.newPage();
  await become(reads, "manager");
  await reads.goto(`/project/${project}`);
  await reads.getByRole("link", { name: "Certificate" }).click();
  await expect(reads.getByRole("heading", { level: 1 })).toHaveText("Certificate");
  await expect(reads.locator(".certificate-figures")).toContainText(/95 % interval/);
  await reads.getByRole("link", { name: /^fish/ }).first().click();
  await expect(reads.getByText("SHA-256")).toBeVisible();
  const json = await (await manager.request.get(`${url}/project/${project}/certificate.json?synset=${fish}`)).json();
  expect(json.scope).toEqual({ synset: fish });
  expect(json.figures.audited.images).toBeGreaterThan(0);
  expect(json.lines).toHaveLength(1);
  await manager.close();
});
