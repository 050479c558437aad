// Who decides in a project is chosen by what it would mean; recorded votes are played once more; the forecast goes from target to
// target, and its budget ends asking; experts label anchors blind.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates, isGood } from "./photographs";
import { call, importPhotographs, invite, makeProject, mustCall, newName, openSignUp, signInAsAdmin, signUp, visitor } from "./server";
import { crowd } from "./voters";

const fish = "n02512053";
let adminContext: BrowserContext;
let project: number;

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  project = await makeProject(adminContext.request, newName("Policies"), [fish], { initial_sample: 10 });
  await importPhotographs(adminContext.request, project, fish, candidates(fish));
  await crowd(() => playwright.request.newContext(), project, 11);
});
test.afterAll(() => adminContext.close());

async function become(page: Page, role: string) {
  await invite(adminContext.request, page.context().request, newName(role), role);
}

test("a policy is chosen by what it would mean here, and a wrong number is named", async ({ page }) => {
  await signInAsAdmin(page.context().request);
  await page.goto(`/project/${project}/settings`);
  const means = page.locator("#settings-methods");
  await expect(means.locator("tr.is-in-force")).toContainText("Tables and weights");
  await expect(means).toContainText("own 1 confidence table");
  await page.locator("#settings-majority_votes-").fill("3");
  await page.locator("#settings-majority_votes-").blur();
  await expect(means).toContainText("Majority of 3");
  await page.getByLabel("A majority", { exact: true }).check();
  await expect(page.locator("#settings-costs")).toContainText("As typed");
  await page.locator("#settings-majority_votes-").fill("many");
  await page.locator("#settings-majority_votes-").blur();
  await expect(page.locator("#settings-alert")).toContainText("a number from 1 to 100 is expected");
  await page.locator("#settings-majority_votes-").fill("3");
  await page.locator("#settings-form").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The settings are saved." })).toBeVisible();
  await expect(page.locator("#settings-methods tr.is-in-force")).toContainText("Majority of 3");
  // The table stays, and says that it does not decide.
  await page.goto(`/project/${project}/synset/${fish}`);
  await expect(page.getByText("Here a number of votes decides, not the chance: Majority of 3.")).toBeVisible();
  await page.goto(`/project/${project}/settings`);
  await page.getByLabel("Tables and weights", { exact: true }).check();
  await page.locator("#settings-form").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#settings-methods tr.is-in-force")).toContainText("Tables and weights");
});

test("who is asked, and whether verdicts are passed on, is set beside the policy", async ({ page }) => {
  await signInAsAdmin(page.context().request);
  const made = await makeProject(adminContext.request, newName("Related"), [fish]);
  await page.goto(`/project/${made}/settings`);
  await expect(page.getByText("Verdicts count in their own synset alone.")).toBeVisible();
  await page.getByRole("button", { name: "Pass verdicts on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Verdicts are passed on from now on" })).toBeVisible();
  await expect(page.getByText("Verdicts are passed on to the synsets above and below.")).toBeVisible();
  await page.getByRole("button", { name: "Stop passing verdicts on" }).click();
  await expect(page.getByText("Verdicts count in their own synset alone.")).toBeVisible();
  const people = page.getByLabel("People on one image");
  await people.fill("2");
  await page.getByRole("button", { name: "Save the limit" }).click();
  await expect(people).toHaveValue("2");
  await people.fill("0");
  await page.getByRole("button", { name: "Save the limit" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "from 1 to 100" })).toBeVisible();
  await expect(people).toHaveValue("2");
  await people.fill("");
  await page.getByRole("button", { name: "Save the limit" }).click();
  await expect(people).toHaveValue("");
});

test("recorded votes are played once more in place, and without script by a button", async ({ page, browser }) => {
  await become(page, "manager");
  await page.goto(`/project/${project}`);
  await page.getByRole("link", { name: "What if?" }).click();
  const figures = page.locator("#replay-figures");
  await expect(figures.getByRole("row", { name: /Votes asked for/ })).toBeVisible();
  await expect(figures).not.toContainText("As typed");
  await page.getByLabel("A majority", { exact: true }).check();
  await expect(page.locator("#replay-headline")).toContainText(/would have (done|been asked for)/);
  await expect(figures).toContainText("As typed");
  await expect(page.locator("#replay-synsets")).toContainText("fish");
  const plain = await visitor(browser, { javaScriptEnabled: false });
  const reads = await plain.newPage();
  await become(reads, "manager");
  await reads.goto(`/project/${project}/replay`);
  await reads.locator("#settings-threshold-").fill("2");
  await reads.getByRole("button", { name: "Play the votes" }).click();
  await expect(reads.locator("#replay-headline")).toHaveText("Mend what is wrong first");
  await reads.locator("#settings-threshold-").fill("0.98");
  await reads.getByRole("button", { name: "Play the votes" }).click();
  await expect(reads.locator("#replay-figures")).toContainText("As typed");
  await plain.close();
});

test("the forecast follows its slider, and asking ends with the budget", async ({ page, browser }) => {
  await signInAsAdmin(page.context().request);
  const made = await makeProject(adminContext.request, newName("Budgeted"), [fish]);
  await page.goto(`/project/${made}/forecast`);
  await expect(page.getByText("Nothing to expect yet")).toBeVisible();
  await importPhotographs(adminContext.request, made, fish, candidates(fish));
  await mustCall(adminContext.request, "change_entry", { project: made, terms: "" });
  await page.goto(`/project/${made}`);
  await page.getByRole("link", { name: "Forecast" }).click();
  await expect(page.locator("#forecast-headline")).toHaveText("At the 95 % that is set");
  await page.locator("#forecast-target").fill("0.99");
  await expect(page.locator("#forecast-headline")).toHaveText("At 99 % instead of 95 %");
  await page.getByRole("link", { name: "Set this target" }).click();
  await expect(page.locator("#settings-target_precision-")).toHaveValue("0.99");
  await page.goto(`/project/${made}/forecast`);
  await page.getByRole("region", { name: "Synsets that will take the most votes" }).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`synset=${fish}`));
  await expect(page.locator("#forecast-headline")).toHaveText("At the 95 % that is set");
  await page.locator("#forecast-target").fill("0.99");
  await expect(page.locator("#forecast-headline")).toHaveText("At 99 % instead of 95 %");
  await page.getByRole("link", { name: "Set this target" }).click();
  await expect(page).toHaveURL(new RegExp(`/synset/${fish}/settings`));
  await expect(page.locator("#settings-target_precision-")).toHaveValue("0.99");
  await page.goto(`/project/${made}/forecast`);
  await page.getByLabel("Votes", { exact: true }).fill("1");
  await page.getByRole("button", { name: "Save the budget" }).click();
  await expect(page.getByText(/0 of 1 votes are recorded/)).toBeVisible();
  // One page is answered, and with it the budget is spent.
  const worker = await visitor(browser);
  await signUp(worker.request, newName("worker"));
  const labels = await worker.newPage();
  await labels.goto(`/label/${made}`);
  await labels.getByRole("button", { name: "None of these" }).click();
  await expect(labels.getByText("Enough votes – thank you")).toBeVisible();
  await labels.goto(`/label/${made}`);
  await expect(labels.getByText("Enough votes – thank you")).toBeVisible();
  expect((await call(adminContext.request, "set_budget", { project: made, votes: "some" })).status()).toBe(422);
  await mustCall(adminContext.request, "set_budget", { project: made, votes: "" });
  await labels.goto(`/label/${made}`);
  // She has answered every picture; others would be asked again.
  await expect(labels.getByText("Nothing for you just now")).toBeVisible();
  await worker.close();
});

test("an expert labels anchors blind, by keyboard or by touch, until there are enough", async ({ page, isMobile }) => {
  test.setTimeout(60_000);
  await become(page, "expert");
  await page.goto(`/project/${project}/anchors`);
  const progress = page.locator(".case-side .quiet.small").first();
  for (let rounds = 0; (await page.locator(".case-answers").count()) > 0; rounds += 1) {
    expect(rounds).toBeLessThan(20);
    await expect(page.locator("main"), "nothing says what was voted").not.toContainText(/\d+ yes|confidence/i);
    const before = await progress.innerText();
    const good = isGood(fish, (await page.locator(".case-picture img").getAttribute("src")) ?? "");
    if (isMobile) {
      await page.getByRole("button", { name: good ? "It shows it" : "It does not" }).tap();
    } else {
      await expect(page.getByRole("button", { name: /Single keys/ })).toBeVisible();
      await page.keyboard.press(good ? "y" : "n");
    }
    await expect(page.locator(".case-side .quiet.small, .empty").first()).not.toHaveText(before);
  }
  await expect(page.getByText("Nothing to check")).toBeVisible();
});
