// A manager watches a project: figures that change while votes come in, a line that is lost and found again, searches,
// filters and the tree; with script and without.
import { type BrowserContext, expect, test } from "@playwright/test";
import { candidates } from "./photographs";
import { importPhotographs, invite, makeProject, mustCall, newName, openSignUp, signIn, signInAsAdmin, signUp, visitor } from "./server";
import { voteByRequests } from "./voters";

const fish = "n02512053";
const dog = "n02084071";
let adminContext: BrowserContext;
let project: number;
let manager: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  project = await makeProject(adminContext.request, newName("Watched"), [fish, dog], { batch_size: 12 });
  await importPhotographs(adminContext.request, project, fish, candidates(fish));
  manager = newName("manager");
  const context = await visitor(browser);
  await invite(adminContext.request, context.request, manager, "manager");
  await context.close();
});
test.afterAll(() => adminContext.close());

test("figures change while votes come in, and are right again after the line was lost", async ({ browser, playwright }, { project: { use } }) => {
  test.setTimeout(90_000);
  const context = await visitor(browser, { viewport: use.viewport });
  await signIn(context.request, manager);
  const page = await context.newPage();
  await page.goto(`/project/${project}`);
  const status = page.locator(".live");
  const votes = page.locator("[data-figure='votes']");
  const row = page.locator(`#${fish}`);
  await expect(status).toHaveText("Live");
  const before = Number((await votes.innerText()).replace(/\D/g, ""));

  const voter = await playwright.request.newContext();
  await signUp(voter, newName("voter"));
  const first = await voteByRequests(voter, project, 1, 1);
  await expect(votes).toHaveText(String(before + first));
  await expect(row.locator("td.number").nth(5)).toHaveText(String(before + first));
  await expect(row.locator(".badge")).toHaveText("Calibrating");

  await context.setOffline(true);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(status).toHaveText(/Connection lost/);
  const second = await voteByRequests(voter, project, 1, 1);
  await expect(votes).toHaveText(String(before + first));
  await context.setOffline(false);
  await expect(status).toHaveText("Live", { timeout: 20_000 });
  await expect(votes).toHaveText(String(before + first + second));
  await expect(row.locator("td.number").nth(5)).toHaveText(String(before + first + second));
  await mustCall(voter, "sign_out", {});
  await voter.dispose();
  await context.close();
});

test("a search, a filter and the tree lead to a synset without script", async ({ browser }, { project: { use } }) => {
  const context = await visitor(browser, { javaScriptEnabled: false, viewport: use.viewport });
  await signIn(context.request, manager);
  const page = await context.newPage();
  await page.goto(`/project/${project}`);
  await page.getByRole("searchbox").fill("DOMESTIC dog");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.locator(".synsets tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: /^Hard/ }).click();
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("link", { name: "All filters off" }).click();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page.locator(".synsets tbody tr")).toHaveCount(2);
  await page.getByRole("link", { name: /^No images/ }).click();
  await expect(page.locator(".synsets tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: "Tree" }).click();
  await expect(page.locator(".figures").getByText("2", { exact: true }).first()).toBeVisible();
  await context.close();
});

test("an admin sets what a vote costs, and the page says what is left to pay", async ({ page }) => {
  await signInAsAdmin(page.context().request);
  await page.goto(`/project/${project}/settings`);
  await page.getByLabel("Price of a vote").fill("0,02");
  await page.getByLabel("Currency").fill("EUR");
  await page.getByRole("button", { name: "Save the price" }).click();
  await expect(page.locator(".notice")).toContainText("The price of a vote is saved.");
  await page.goto(`/project/${project}`);
  await expect(page.locator("[data-figure='cost-left']")).toHaveText(/^\d.*EUR$/);
  await page.goto(`/project/${project}/settings`);
  await page.getByLabel("Price of a vote").fill("");
  await page.getByRole("button", { name: "Save the price" }).click();
});
