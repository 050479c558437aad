// How an admin brings photographs in: many files at once with the progress of each, a line that breaks, a table with bad
// lines, a browser without script; and near duplicates, reviewed by keyboard.
import { expect, type Page, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { candidates, photographs } from "./photographs";
import { makeProject, newName, signInAsAdmin, visitor } from "./server";

const fish = "n02512053";
const vehicle = "n04524313";

type File = { name: string; mimeType: string; buffer: Buffer };

test.skip(({ isMobile }) => isMobile, "these journeys bring their own screens");

/** Different files that show photographs of the demo: what follows the end of a picture is not looked at. */
function manyFiles(count: number): File[] {
  const all = photographs();
  return Array.from({ length: count }, (_, place) => {
    const { bytes, path } = all[place % all.length] as (typeof all)[number];
    const ending = path.split(".").pop() ?? "jpg";
    const name = `${String(place).padStart(4, "0")}.${ending}`;
    return { name, mimeType: "image/jpeg", buffer: Buffer.concat([bytes, Buffer.from(`copy ${place}`)]) };
  });
}

async function adminPage(browser: Parameters<typeof visitor>[0], options = {}) {
  const context = await visitor(browser, options);
  await signInAsAdmin(context.request);
  return { context, page: await context.newPage() };
}

/** Drops files on the form as a person does with the mouse. */
async function drop(page: Page, files: File[]) {
  const sent = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: buffer.toString("base64") }));
  const transfer = await page.evaluateHandle((sent) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, text } of sent) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType, lastModified: 1_700_000_000_000 }));
    }
    return transfer;
  }, sent);
  await page.dispatchEvent(".drop-zone", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer });
}

async function awake(page: Page) {
  await expect(page.locator(".import-board.is-awake")).toBeVisible();
}

const figure = (page: Page, name: string) => page.locator(".figures > div").filter({ hasText: name }).locator("dd");

async function finished(page: Page, timeout = 60_000) {
  await expect(page.locator(".head .badge").first()).toHaveText("Finished", { timeout });
}

test("two hundred files are dropped at once, each with its progress, and what can't be taken is said before", async ({ browser }) => {
  test.setTimeout(240_000);
  const { context, page } = await adminPage(browser);
  const project = await makeProject(context.request, newName("Dropped"), [fish]);
  await page.goto(`/project/${project}/import?wnid=${fish}`);
  await awake(page);
  const bad: File[] = [
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") },
    { name: "=empty.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) },
  ];
  await drop(page, [...manyFiles(200), ...bad]);
  await expect(page.getByText("0 of 200 files are here")).toBeVisible();
  await expect(page.locator(".sending-list li").filter({ hasText: "notes.txt" })).toContainText("is no picture by its name");
  await expect(page.locator(".sending-list li")).toHaveCount(202);
  await page.getByLabel("Licence").fill("CC0-1.0");
  await page.getByLabel("Found by").fill("fish, en");
  const begun = Date.now();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll(".sending-list .is-here").length > 5);
  expect(await page.locator(".sending-list .is-here").count(), "it can be watched").toBeLessThan(200);
  await page.waitForURL(/\/import\/\d+$/, { timeout: 120_000 });
  const seconds = (Date.now() - begun) / 1_000;
  console.log(`200 files were received in ${seconds.toFixed(1)} s: ${(200 / seconds).toFixed(1)} files a second`);
  await finished(page, 180_000);
  const looked = (Date.now() - begun) / 1_000;
  console.log(`200 files were candidates after ${looked.toFixed(1)} s: ${(200 / looked).toFixed(1)} files a second`);
  await expect(figure(page, "Refused")).toHaveText("2");
  const sum = async (name: string) => Number(await figure(page, name).innerText());
  expect((await sum("Added")) + (await sum("Near duplicates")) + (await sum("Known already"))).toBe(200);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the refused ones" }).click();
  const path = await (await downloading).path();
  const csv = await readFile(path, "utf8");
  expect(csv).toContain("name,reason\r\n");
  expect(csv).toContain("'=empty.jpg,is empty\r\n");
  await page.goto(`/project/${project}/synset/${fish}?show=open`);
  const sources = page.getByRole("region", { name: "Where they come from" });
  await expect(sources.getByRole("row").filter({ hasText: "fish, en" })).toHaveCount(1);
  await page.locator(".gallery a").first().click();
  await expect(page.locator(".provenance-list")).toContainText("fish, en");
  await context.close();
});

test("a line that breaks in the middle costs nothing, nor does a reload", async ({ browser }) => {
  test.setTimeout(180_000);
  const { context, page } = await adminPage(browser);
  const project = await makeProject(context.request, newName("Broken line"), [fish]);
  await page.goto(`/project/${project}/import?wnid=${fish}`);
  await awake(page);
  const files = manyFiles(60);
  let sent = 0;
  await page.route("**/import/*/file?*", async (route) => {
    sent += 1;
    await route.continue();
  });
  await drop(page, files);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll(".sending-list .is-here").length > 5);
  await context.setOffline(true);
  await expect(page.getByRole("alert")).toContainText("can’t be reached");
  const here = await page.locator(".sending-list .is-here").count();
  expect(here).toBeGreaterThan(5);

  // The person reloads before it goes on by itself: the address names the import, and the same files are dropped again.
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page).toHaveURL(/go_on=\d+$/);
  await context.setOffline(false);
  await page.reload();
  await awake(page);
  await expect(page.getByText("An import goes on")).toBeVisible();
  sent = 0;
  await drop(page, files);
  await page.getByRole("button", { name: "Send the missing files" }).click();
  await page.waitForURL(/\/import\/\d+$/, { timeout: 60_000 });
  expect(sent, "what was there is not sent again").toBeLessThanOrEqual(60 - here);
  await finished(page);
  await expect(page.getByText("60 of 60 files looked at")).toBeVisible();
  await expect(figure(page, "Refused")).toHaveText("0");
  await context.close();
});

test("a table says what each file is; its bad lines are reported with their numbers", async ({ browser }) => {
  test.setTimeout(120_000);
  const { context, page } = await adminPage(browser);
  const project = await makeProject(context.request, newName("Table"), [fish, vehicle]);
  await page.goto(`/project/${project}/import`);
  await awake(page);
  const [one, two] = [candidates(fish)[0], candidates(vehicle)[0]];
  const picture = (name: string, buffer: Buffer): File => ({ name, mimeType: "image/jpeg", buffer });
  const table = [
    "file,wnid,licence,mood",
    `one.jpg,${fish},CC0-1.0,good`,
    `two.jpg,${vehicle},CC0-1.0,good`,
    `nowhere.jpg,${fish},,`,
    "three.jpg,n02084071,,",
  ].join("\n");
  await drop(page, [
    { name: "table.csv", mimeType: "text/csv", buffer: Buffer.from(table) },
    picture("one.jpg", one?.bytes ?? Buffer.alloc(0)),
    picture("two.jpg", two?.bytes ?? Buffer.alloc(0)),
    picture("three.jpg", candidates(fish)[1]?.bytes ?? Buffer.alloc(0)),
  ]);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/import\/\d+$/);
  await finished(page);
  await expect(figure(page, "Added")).toHaveText("2");
  const line = (name: string) => page.locator(".import-files tr").filter({ hasText: name });
  await expect(line("table.csv, line 1")).toContainText("mood");
  await expect(line("table.csv, line 4")).toContainText("nowhere.jpg");
  await expect(line("three.jpg")).toContainText("not seeded in this project");
  await expect(page.getByRole("region", { name: "Files by synset" }).getByRole("row")).toHaveCount(3);
  await context.close();
});

test("without script the form takes many files, and an import is stopped and resumed", async ({ browser }) => {
  test.setTimeout(120_000);
  const { context, page } = await adminPage(browser, { javaScriptEnabled: false });
  const project = await makeProject(context.request, newName("No script"), [fish]);
  await page.goto(`/project/${project}/import?wnid=${fish}`);
  await page.locator("#files").setInputFiles(manyFiles(60));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  const stop = page.getByRole("button", { name: "Stop the import" });
  if (await stop.isVisible()) {
    await stop.click();
    const resume = page.getByRole("button", { name: /^Resume/ });
    await expect(resume.or(page.getByText("Finished", { exact: true }))).toBeVisible();
    if (await resume.isVisible()) await resume.click();
  }
  await finished(page, 90_000);
  await page.getByRole("link", { name: /^All/ }).click();
  await expect(page.locator(".import-files tbody tr")).toHaveCount(60);
  await context.close();
});

test("near duplicates are reviewed by keyboard, and by plain forms", async ({ browser }) => {
  test.setTimeout(120_000);
  const { context, page } = await adminPage(browser);
  const project = await makeProject(context.request, newName("Duplicates"), [fish]);
  await page.goto(`/project/${project}/import?wnid=${fish}`);
  await awake(page);
  // The same four pictures three times over: eight of them are dropped.
  const four = candidates(fish).slice(0, 4);
  const copies = [1, 2, 3].flatMap((copy) =>
    four.map(({ bytes, path }, place) => ({
      name: `${place}-${copy}.${path.split(".").pop()}`,
      mimeType: "image/jpeg",
      buffer: Buffer.concat([bytes, Buffer.from(`copy ${copy}`)]),
    })),
  );
  await drop(page, copies);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/import\/\d+$/);
  await finished(page);
  await expect(figure(page, "Near duplicates")).toHaveText("8");

  const path = `/project/${project}/synset/${fish}/duplicates`;
  await page.goto(path);
  await expect(page.locator(".pair")).toHaveCount(8);
  const pairs = page.locator(".pair");
  await expect(async () => {
    await pairs.nth(0).focus();
    await page.keyboard.press("ArrowDown");
    await expect(pairs.nth(1)).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("k");
  await expect(pairs.nth(0).locator(".pair-outcome")).toContainText("stays");
  await expect(pairs.nth(1)).toBeFocused();
  await page.keyboard.press("n");
  await expect(pairs.nth(1).locator(".pair-outcome")).toContainText("Both are candidates of their own");
  await expect(pairs.nth(2)).toBeFocused();
  await page.keyboard.press("w");
  await expect(pairs.nth(2).locator(".pair-outcome")).toContainText("stays");
  await page.goto(`${path}?show=reviewed`);
  await expect(page.locator(".pair")).toHaveCount(3);

  const plain = await adminPage(browser, { javaScriptEnabled: false });
  await plain.page.goto(path);
  const before = await plain.page.locator(".pair").count();
  await plain.page.getByRole("button", { name: "Keep as it is" }).first().click();
  await expect(plain.page.locator(".notice")).toContainText("is dropped");
  await expect(plain.page.locator(".pair")).toHaveCount(before - 1);
  await plain.context.close();
  await context.close();
});
