// Pictures of the running program for the README: SCREENSHOTS names the folder that they go to.
import { type Browser, expect, test } from "@playwright/test";
import { join } from "node:path";
import { candidates, isGood } from "./photographs";
import { importPhotographs, makeProject, openSignUp, signInAsAdmin, signUp, visitor } from "./server";
import { begin, crowd, ready } from "./voters";

const folder = process.env.SCREENSHOTS ?? "";
const synsets = ["n01503061", "n01861778", "n02512053", "n04524313", "n13134947"];
const bird = "n01503061";

test.skip(folder === "", "SCREENSHOTS names the folder for the pictures");
test.skip(({ isMobile }) => isMobile, "these tests set the screen's size themselves");

const looks = [
  { look: "light", colorScheme: "light" as const, viewport: { width: 1280, height: 860 } },
  { look: "dark-phone", colorScheme: "dark" as const, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
];

test("the labeling page, a project and a synset with its table", async ({ browser, playwright }) => {
  test.setTimeout(240_000);
  const adminContext = await visitor(browser);
  const request = adminContext.request;
  await signInAsAdmin(request);
  await openSignUp(request);
  const project = await makeProject(request, "Animals, fruit and vehicles", synsets, { batch_size: 24 });
  for (const wnid of synsets) await importPhotographs(request, project, wnid, candidates(wnid));
  await crowd(() => playwright.request.newContext(), project, 13, 11);
  // A page that somebody holds keeps its images from being settled: the worker of the pictures has a project alone.
  const open = await makeProject(request, "Birds", [bird], { batch_size: 24 });
  await importPhotographs(request, open, bird, candidates(bird));
  for (const { look, ...options } of looks) {
    await shoot(browser, look, options, "project", `/project/${project}`);
    await shoot(browser, look, options, "synset", `/project/${project}/synset/${bird}`);
    await label(browser, look, options, open);
  }
  await adminContext.close();
});

type Look = Omit<(typeof looks)[number], "look">;

async function shoot(browser: Browser, look: string, options: Look, name: string, path: string) {
  const context = await visitor(browser, options);
  await signInAsAdmin(context.request);
  const page = await context.newPage();
  await page.goto(path, { waitUntil: "networkidle" });
  await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  await context.close();
}

async function label(browser: Browser, look: string, options: Look, project: number) {
  const context = await visitor(browser, options);
  await signUp(context.request, look === "light" ? "grace" : "alan");
  await begin(context.request, project);
  const page = await context.newPage();
  await page.goto(`/label/${project}`, { waitUntil: "networkidle" });
  await ready(page);
  const pictures = await page.locator("#board .tile img").evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
  const good = pictures.flatMap((picture, place) => (isGood(bird, picture) ? [place] : [])).slice(0, 3);
  for (const place of good) await page.locator("#board .tile label.pick").nth(place).click();
  await page.locator("#board .tile input[name='yes[]']").nth(4).focus();
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.getByRole("button", { name: "Submit 3 picked" })).toBeVisible();
  await page.screenshot({ path: join(folder, `labeling-${look}.png`) });
  await context.close();
}
