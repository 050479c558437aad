// Managers decide whose votes count, and the worker reads why; experts decide what the crowd can't, by keyboard or by plain form.
import { type APIRequestContext, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidates } from "./photographs";
import { importPhotographs, invite, makeProject, newName, openSignUp, signIn, signInAsAdmin, signUp, url, visitor } from "./server";
import { begin, crowd, voteByRequests } from "./voters";

const fish = "n02512053";
const bird = "n01503061";
let adminContext: BrowserContext;
let project: number;
let lazy: string;

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  project = await makeProject(adminContext.request, newName("People"), [fish], { batch_size: 36 });
  await importPhotographs(adminContext.request, project, fish, candidates(fish));
  await crowd(() => playwright.request.newContext(), project, 2);
  const request = await playwright.request.newContext();
  lazy = newName("lazy");
  await signUp(request, lazy);
  await voteByRequests(request, project, 300);
  await request.dispose();
});
test.afterAll(() => adminContext.close());

/** A new account with a role, signed in in this page's browser. */
async function become(page: Page, role: string) {
  const name = newName(role);
  await invite(adminContext.request, page.context().request, name, role);
  return name;
}

test("a manager excludes a worker, who reads the reason, and restores the worker", async ({ page, browser }) => {
  await become(page, "manager");
  await page.goto(`/project/${project}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workers" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Workers");
  await page.getByLabel("Find a worker by name").fill(lazy);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: lazy }).click();
  await expect(page.getByRole("heading", { name: "Newest votes" })).toBeVisible();

  await page.getByRole("link", { name: "Exclude…" }).click();
  await expect(page.getByRole("heading", { name: "What would change" })).toBeVisible();
  await expect(page.getByText(/votes on 1.synset would no longer count/)).toBeVisible();
  const reason = "Every page was answered in a second. Write to us, and we look at it together.";
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: `Exclude ${lazy}` }).click();
  await expect(page.locator(".notice")).toContainText("The worker is excluded");
  await expect(page.getByText("The votes do not count in this project.")).toBeVisible();

  const worker = await visitor(browser);
  await signIn(worker.request, lazy);
  const label = await worker.newPage();
  await label.goto(`/label/${project}`);
  await expect(label.getByText(reason)).toBeVisible();

  await page.getByRole("link", { name: "Restore…" }).click();
  await page.getByLabel("Reason").fill("We spoke; it was a slow line.");
  await page.getByRole("button", { name: `Restore ${lazy}` }).click();
  await expect(page.locator(".notice")).toContainText("The worker is restored");
  await expect(page.getByText("We spoke; it was a slow line.")).toBeVisible();
  await label.goto(`/label/${project}`);
  await expect(label.getByText(reason)).toHaveCount(0);
  await worker.close();
});

/**
 * A project of its own in which people disagree about every picture until the votes run out. One decision may settle every
 * picture of its synset, since their votes are all alike.
 */
async function disputed(newRequest: () => Promise<APIRequestContext>, synsets = [fish]) {
  const request = adminContext.request;
  const made = await makeProject(request, newName("Disputed"), synsets, { batch_size: 36, votes_cap: 10, initial_sample: 10 });
  for (const synset of synsets) await importPhotographs(request, made, synset, candidates(synset).slice(0, 10));
  for (let worker = 0; worker < 10; worker += 1) {
    const voter = await newRequest();
    await signUp(voter, newName("voter"));
    for (let synset = 0; synset < synsets.length; synset += 1) await split(voter, made, worker % 2 === 0);
    await voter.dispose();
  }
  return made;
}

async function split(request: APIRequestContext, made: number, all: boolean) {
  const page = await begin(request, made);
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? "";
  const ids = [...page.matchAll(/name="yes\[\]"[^>]*value="(\d+)"/g)].map((match) => match[1] ?? "");
  const body = new URLSearchParams({ assignment: value("assignment"), key: value("key") });
  if (all) for (const id of ids) body.append("yes[]", id);
  else body.append("none_of_these", "true");
  const answer = await request.post(`${url}/api/submit_votes`, {
    headers: { origin: url, accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    data: body.toString(),
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

const shown = (page: Page) => page.locator(".case input[name='candidate']").first().inputValue();
const waits = async (page: Page) => {
  const heading = page.getByRole("heading", { name: /for an expert$/ });
  return (await heading.count()) === 0 ? 0 : Number(/(\d+)/.exec(await heading.innerText())?.[1]);
};

/** The keys are there once the switch for them is shown. */
const awake = (page: Page) => expect(page.getByRole("button", { name: "Single keys: on" })).toBeVisible();

test("an expert decides by keyboard alone, goes back, and changes a decision", async ({ page, playwright, isMobile }) => {
  test.skip(isMobile, "a phone has no keys");
  const made = await disputed(() => playwright.request.newContext(), [fish, bird]);
  await become(page, "expert");
  await page.goto("/");
  await expect(page.getByText(/images? waits? for an expert/)).toBeVisible();
  await page.goto(`/project/${made}/review`);
  await awake(page);
  const before = await waits(page);
  const first = await shown(page);
  await page.keyboard.press("y");
  await expect(page.locator(`.case input[name='candidate'][value='${first}']`)).toHaveCount(0);
  await expect(page.getByRole("complementary", { name: "The case before" })).toContainText("You said: it shows it");
  expect(await waits(page)).toBeLessThan(before);

  await awake(page);
  const second = await shown(page);
  await page.keyboard.press("s");
  await expect(page.locator(`.case input[name='candidate'][value='${second}']`)).toHaveCount(0);
  await awake(page);
  await page.keyboard.press("b");
  await expect(page.locator(`.case input[name='candidate'][value='${second}']`).first()).toBeAttached();
  await awake(page);
  await page.keyboard.press("b");
  await expect(page.getByText("You said: it shows it,")).toBeVisible();
  await awake(page);
  await page.keyboard.press("n");
  await expect(page.getByRole("complementary", { name: "The case before" })).toContainText("You said: it does not show it");

  await awake(page);
  await page.keyboard.press("v");
  await expect(page).toHaveURL(/votes=hidden/);
  await expect(page.locator(".case-votes")).toHaveCount(0);
  await awake(page);
  await page.getByRole("button", { name: "Single keys: on" }).click();
  const here = await shown(page);
  await page.keyboard.press("y");
  await page.reload();
  await expect(page.getByRole("button", { name: "Single keys: off" })).toBeVisible();
  expect(await shown(page)).toBe(here);
});

test("without script an expert decides by plain forms until nothing waits", async ({ browser, playwright }) => {
  test.setTimeout(90_000);
  const made = await disputed(() => playwright.request.newContext());
  const context = await visitor(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await become(page, "expert");
  await page.goto(`/project/${made}/review`);
  for (let left = await waits(page); left > 0; left -= 1) {
    await page.getByRole("button", { name: left % 2 === 0 ? "It shows it" : "It does not" }).click();
    if ((await page.getByText("Nothing to decide here").count()) > 0) break;
  }
  await expect(page.getByText("Nothing to decide here")).toBeVisible();
  await context.close();
});

test("two experts at one case: the second is told, and decides in sight of both answers", async ({ page, browser, playwright }) => {
  const made = await disputed(() => playwright.request.newContext());
  const bob = await become(page, "expert");
  const other = await visitor(browser);
  const eva = await other.newPage();
  await become(eva, "expert");
  await page.goto(`/project/${made}/review`);
  await eva.goto(`/project/${made}/review`);
  const candidate = await shown(page);
  await page.getByRole("button", { name: "It shows it" }).click();
  await expect(page.getByRole("complementary", { name: "The case before" })).toBeVisible();
  await eva.getByRole("button", { name: "It does not" }).click();
  await expect(eva.getByRole("alert")).toContainText(`${bob} said: it shows it. You said: it does not show it.`);
  expect(await shown(eva)).toBe(candidate);
  await eva.getByRole("button", { name: "Still: it does not show it" }).click();
  await expect(eva.getByRole("complementary", { name: "The case before" })).toContainText("You said: it does not show it");
  await other.close();
});
