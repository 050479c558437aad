// The whole story in real browsers: from an empty server to settled synsets, with everybody who has a part in it.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { archive, candidates } from "./photographs";
import { admin, adminLink, mustCall, newName, password, signUp, url, visitor } from "./server";
import { type Hand, voteByForm, voteByPage, voteByRequests } from "./voters";

const fish = "n02512053";
const vehicle = "n04524313";
/** The cats that people keep: 19 synsets of WordNet 3.0. */
const domesticCat = "n02121808";

test.skip(({ isMobile }) => isMobile, "the story brings its own phone");
test.skip(adminLink === "", "SYNVOTE_ADMIN_LINK must hold the link that the server printed");

test("an admin sets a project up, workers of every kind label it, and a manager sees it settled", async ({ browser }) => {
  test.setTimeout(180_000);
  const ada = await visitor(browser);
  const page = await ada.newPage();

  await test.step("the first admin opens the one-time link and chooses name and password", async () => {
    await page.goto(adminLink);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are invited");
    await page.getByLabel("Name").fill(admin.name);
    await page.getByLabel("Password").fill(admin.password);
    await page.getByRole("button", { name: "Make the account" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${admin.name}`);
    const second = await (await visitor(browser)).newPage();
    await second.goto(adminLink);
    await expect(second.getByText("This link was used already")).toBeVisible();
    await second.context().close();
  });

  await test.step("the admin makes a project", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Projects" }).click();
    await expect(page.getByText("No project yet")).toBeVisible();
    await page.getByLabel("Name").fill("Fish and vehicles");
    await page.getByRole("button", { name: "Make the project" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fish and vehicles");
  });
  const project = Number(new URL(page.url()).pathname.split("/").pop());

  await test.step("settings out of range are refused in words, good ones are kept", async () => {
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByLabel("Target precision").fill("2");
    await page.locator("#settings-form").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("from 0.5 to 1");
    await page.getByLabel("Target precision").fill("0.95");
    await page.locator("#settings-form").getByRole("button", { name: "Save" }).click();
    await expect(page.locator(".notice")).toContainText("The settings are saved.");
    await expect(page.getByLabel("Target precision")).toHaveValue("0.95");
  });

  await test.step("a list of synsets is seeded after a look at the count", async () => {
    await page.goto(`/project/${project}/seed`);
    await page.getByLabel("Synsets", { exact: true }).fill(`${fish}, ${vehicle}`);
    await page.getByRole("button", { name: "Update the preview" }).last().click();
    await expect(page.getByRole("heading", { name: "2 synsets, 0 already seeded" })).toBeVisible();
    await page.getByRole("button", { name: "Seed 2 synsets" }).click();
    await expect(page.locator(".notice")).toContainText("2 synsets were seeded.");
  });

  await test.step("and a subtree: what is seeded already is counted, and nothing is seeded twice", async () => {
    await page.goto(`/project/${project}/seed`);
    await page.getByRole("searchbox").fill(domesticCat);
    await page.getByRole("button", { name: "Choose its subtree: domestic cat" }).click();
    await expect(page.getByRole("heading", { name: "19 synsets, 0 already seeded" })).toBeVisible();
    await page.getByRole("button", { name: "Seed 19 synsets" }).click();
    await expect(page.locator(".notice")).toContainText("19 synsets were seeded.");
    await page.getByRole("link", { name: "Choose the same again" }).first().click();
    await expect(page.getByText("There is nothing new to seed.")).toBeVisible();
    await page.goto(`/project/${project}/seed?list=nonsense`);
    await expect(page.getByRole("alert")).toContainText("nonsense");
  });

  await test.step("photographs come in as many files; a bad one is refused by name", async () => {
    const files = candidates(fish).map(({ path, bytes }) => ({ name: path.split("/").pop() ?? "", mimeType: "image/png", buffer: bytes }));
    const bad = { name: "not-a-picture.jpg", mimeType: "image/jpeg", buffer: Buffer.from("A fish, in words only.\n") };
    await importFiles(page, project, fish, [...files.slice(0, 9), bad, ...files.slice(9)]);
    await expectCounts(page, { Added: 20, Refused: 1 });
    await expect(page.getByRole("row", { name: /not-a-picture\.jpg/ })).toContainText("Refused");
  });

  await test.step("the same photographs again add nothing", async () => {
    const files = candidates(fish).map(({ path, bytes }) => ({ name: path.split("/").pop() ?? "", mimeType: "image/png", buffer: bytes }));
    await importFiles(page, project, fish, files);
    await expectCounts(page, { Added: 0, "Known already": 20, Refused: 0 });
  });

  await test.step("and a zip archive brings in the other synset", async () => {
    const zip = archive([
      ...candidates(vehicle).map(({ path, bytes }) => ({ name: path, bytes })),
      { name: "notes/readme.jpg", bytes: Buffer.from("no picture either") },
    ]);
    await importFiles(page, project, vehicle, [{ name: "vehicles.zip", mimeType: "application/zip", buffer: zip }]);
    await expectCounts(page, { Added: candidates(vehicle).length, Refused: 1 });
    await expect(page.getByRole("row", { name: /readme\.jpg/ })).toContainText("Refused");
  });

  const mia = await visitor(browser);
  await test.step("a manager comes by invitation", async () => {
    await page.goto("/accounts");
    await page.getByLabel("Role", { exact: true }).selectOption("manager");
    await page.getByRole("button", { name: "Make an invitation link" }).click();
    const link = /http\S+\/invitation\/\w+/.exec(await page.locator(".notice").innerText())?.[0] ?? "";
    const hers = await mia.newPage();
    await hers.goto(link);
    await expect(hers.getByText("role “Manager”")).toBeVisible();
    await hers.getByLabel("Name").fill("mia");
    await hers.getByLabel("Password").fill(password);
    await hers.getByRole("button", { name: "Make the account" }).click();
    await hers.goto(`/project/${project}`);
    await expect(figure(hers, "Images")).toHaveText(String(candidates(fish).length + candidates(vehicle).length));
    await expect(figure(hers, "Votes")).toHaveText("0");
    await expect(hers.getByRole("link", { name: "Seed synsets" })).toHaveCount(0);
    await hers.close();
  });

  await test.step("the admin opens sign-up", async () => {
    await page.goto("/accounts");
    await page.getByRole("button", { name: "Open sign-up to anybody" }).click();
    await expect(page.locator(".notice")).toContainText("Anybody can sign up");
  });

  const hands: [string, Hand | "form", Parameters<typeof visitor>[1]][] = [
    ["mouse", "mouse", {}],
    ["touch", "touch", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ["keyboard", "keyboard", {}],
    ["no-script", "form", { javaScriptEnabled: false }],
  ];
  for (const [worker, [kind, hand, options]] of hands.entries()) {
    await test.step(`a worker labels: ${kind}`, async () => {
      const context = await visitor(browser, options);
      const screen = await context.newPage();
      await screen.goto("/");
      await screen.getByRole("link", { name: "Make an account" }).click();
      await screen.getByLabel("Name").fill(newName(kind));
      await screen.getByLabel("Password").fill(password);
      await screen.getByRole("button", { name: "Make the account" }).click();
      await expect(screen.getByRole("heading", { level: 1 })).toContainText("Hello, ");
      await screen.getByRole("link", { name: "Start labeling in Fish and vehicles" }).click();
      const vote = hand === "form" ? voteByForm(screen, project, worker) : voteByPage(screen, project, worker, hand);
      expect(await vote).toBe(2);
      await expect(screen.getByRole("heading", { name: "Nothing for you just now" })).toBeVisible();
      await context.close();
    });
  }

  await test.step("eight more workers label, and every image is settled", async () => {
    for (let worker = 4; worker < 12; worker += 1) {
      const context = await visitor(browser);
      await signUp(context.request, newName("more"));
      await voteByRequests(context.request, project, worker);
      await context.close();
    }
  });

  const hers = await mia.newPage();
  for (const wnid of [fish, vehicle]) {
    await test.step(`the manager sees the table and the verdicts of ${wnid}`, async () => {
      await hers.goto(`/project/${project}/synset/${wnid}`);
      await expect(hers.getByRole("heading", { name: "Confidence table" })).toBeVisible();
      await expect(hers.getByText("Version 1, built")).toBeVisible();
      await expect(hers.getByRole("region", { name: "Confidence table" }).getByRole("cell").first()).toBeVisible();
      const found = await hers.locator("#gallery img").evaluateAll((images) => images.map((image) => image.getAttribute("src") ?? ""));
      const right = candidates(wnid).filter((photograph) => photograph.good).map((photograph) => photograph.sha256);
      const positive = found.map((address) => /[0-9a-f]{64}/.exec(address)?.[0] ?? "");
      expect(positive.length, "some images are positive").toBeGreaterThan(0.7 * right.length);
      expect(positive.filter((sha256) => !right.includes(sha256)), "positive, and not good").toEqual([]);
    });
  }
  await test.step("the counts of the project add up", async () => {
    await hers.goto(`/project/${project}`);
    const row = hers.getByRole("row", { name: /fish/ });
    const numbers = (await row.locator("td.number").allInnerTexts()).map(Number);
    const [images = 0, positive = 0, negative = 0, escalated = 0, open = 0, votes = 0] = numbers;
    expect(images).toBe(20);
    expect(positive + negative + escalated + open).toBe(images);
    expect(open, "every image of the initial sample has ten votes, and no more are asked for").toBe(0);
    expect(votes).toBe(200);
  });

  await test.step("a worker has no business with projects, and a stranger must sign in", async () => {
    const context = await visitor(browser);
    const screen = await context.newPage();
    const name = newName("curious");
    await signUp(context.request, name);
    const refused = await screen.goto("/projects");
    expect(refused?.status()).toBe(403);
    await expect(screen.getByRole("heading", { level: 1 })).toHaveText("Not for this account");
    await screen.getByRole("button", { name: "Sign out" }).click();
    await expect(screen).toHaveURL(/\/sign-in/);
    await screen.goto("/account");
    await expect(screen).toHaveURL(/\/sign-in\?to=%2Faccount$/);
    await screen.getByLabel("Name").fill(name);
    await screen.getByLabel("Password").fill("not the password");
    await screen.getByRole("button", { name: "Sign in" }).click();
    await expect(screen.getByRole("alert")).toHaveText("This name and password do not belong together.");
    await expect(screen.getByLabel("Password")).toHaveValue("");
    await screen.getByLabel("Name").fill(name.toUpperCase());
    await screen.getByLabel("Password").fill(password);
    await screen.getByRole("button", { name: "Sign in" }).click();
    await expect(screen.getByRole("heading", { level: 1 })).toHaveText(name);
    await context.close();
  });

  await test.step("whoever signs out everywhere is out everywhere", async () => {
    const [first, second] = [await visitor(browser), await visitor(browser)];
    await mustCall(first.request, "sign_in", { name: "mia", password });
    await mustCall(second.request, "sign_in", { name: "mia", password });
    await mustCall(first.request, "sign_out_everywhere", {});
    expect(await statusOf(second, "/account")).toBe(302);
    expect(await statusOf(mia, "/account")).toBe(302);
  });
});

async function importFiles(page: Page, project: number, wnid: string, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.goto(`/project/${project}/import?wnid=${wnid}`);
  await page.getByLabel("Licence").fill("GPL-2.0-or-later");
  await page.getByLabel("Attribution").fill("Tux Paint stamps contributors");
  await page.getByLabel("Files").setInputFiles(files);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  // The page loads itself again until there is nothing more to see.
  await expect(page.locator(".badge", { hasText: "Finished" })).toBeVisible({ timeout: 60_000 });
}

async function expectCounts(page: Page, counts: Record<string, number>) {
  for (const [name, count] of Object.entries(counts)) await expect(figure(page, name), name).toHaveText(String(count));
}

/** The figure under a name at the head of a page. */
function figure(page: Page, name: string) {
  return page.locator("dl.figures > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");
}

async function statusOf(context: BrowserContext, path: string) {
  return (await context.request.get(url + path, { maxRedirects: 0, headers: { accept: "text/html" } })).status();
}
