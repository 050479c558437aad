// Every page, for everybody who may see it, in light and dark: accessible, without a breach of the content security
// policy, no wider than a small phone, with a title and one main heading. The list must hold every route of the program.
// On PostgreSQL, which no page's look depends on, each is only opened: axe looks at them on SQLite.
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { forgotten } from "../routes";
import { candidates } from "./photographs";
import { exportedVotes, importPhotographs, invite, makeProject, mustCall, newName, openSignUp, signIn, signInAsAdmin, signUp, url, visitor } from "./server";
import { begin, crowd, ready } from "./voters";

const fish = "n02512053";
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const looksClosely = process.env.SYNVOTE_ENGINE !== "postgres";
/** The narrowest phone that WCAG 1.4.10 (reflow) asks for. */
const narrow = { width: 320, height: 640 };

type Role = "anonymous" | "worker" | "expert" | "manager" | "admin";
const routes: { role: Role; paths: (known: Known) => string[] }[] = [
  { role: "anonymous", paths: () => ["/", "/sign-in", "/sign-in?to=/account", "/sign-up", "/invitation/unknown", "/nowhere"] },
  {
    role: "worker",
    paths: ({ labelled, fresh, terms, meaning }) => [
      "/", "/account", "/work", `/label/${terms}`, `/label/${meaning}`, `/label/${labelled}/practice/${fish}`, `/label/${fresh}`, `/label/${fresh}/last`,
      `/label/${labelled}`, "/label/999999", "/synsets", "/synsets?q=cat", "/synsets?q=zzzz", "/synsets/tree",
      "/synsets/tree?open=n02084071&open=n01861778", "/synsets/tree?at=n02084071", "/synset/n02084071", "/synset/n00001740", "/synset/n99999999",
      "/projects",
    ],
  },
  {
    role: "expert",
    paths: ({ labelled, fresh, candidate }) => [
      "/", `/label/${labelled}`, "/projects", "/review", "/review?votes=hidden", `/project/${labelled}/review`,
      `/project/${labelled}/audit`, `/project/${labelled}/audit?skip=2`, `/project/${labelled}/anchors`, `/project/${fresh}/audit`,
      `/review?case=${candidate}`, `/review?case=${candidate}&mine=no&trail=${candidate}`, "/review?case=999999",
    ],
  },
  {
    role: "manager",
    paths: ({ labelled, fresh, image, voter }) => [
      `/project/${labelled}/workers`, `/project/${labelled}/workers?q=zzzz`, `/project/${fresh}/workers`, "/review",
      `/project/${labelled}/worker/${voter}`, `/project/${labelled}/worker/${voter}/exclude`, `/project/${labelled}/worker/${voter}/restore`,
      "/projects", `/project/${labelled}`, `/project/${labelled}?sort=votes&dir=desc`, `/project/${fresh}`,
      `/project/${labelled}?q=fish&show=starved`, `/project/${labelled}?rows=all&pace=week`, `/project/${labelled}/tree`, `/project/${labelled}/tree?at=n00001740`,
      ...["positive", "negative", "open", "escalated", "duplicate"].map((kind) => `/project/${labelled}/synset/${fish}?show=${kind}`),
      `/project/${labelled}/synset/${fish}?show=negative&sort=disputed&version=1`, image, `${image.split("?")[0]}?show=open&sort=confident`,
      `/project/${fresh}/synset/${fish}?show=open`, `/project/${labelled}/settings`, `/project/${labelled}/certificate`, `/project/${labelled}/replay`, `/project/${labelled}/replay?settings[method]=majority&settings[majority_votes]=3`, `/project/${fresh}/replay`, `/project/${labelled}/forecast?target=0.97`, `/project/${labelled}/forecast?synset=${fish}`, `/project/${fresh}/forecast?target=2`,
      `/project/${labelled}/certificate?synset=${fish}`, `/project/${labelled}/certificate?subtree=n00001740`, `/project/${fresh}/certificate`,
    ],
  },
  {
    role: "admin",
    paths: ({ labelled, importPath }) => [
      "/projects", `/project/${labelled}`, `/project/${labelled}/synset/${fish}`, `/project/${labelled}/settings`,
      `/project/${labelled}/settings?settings[target_precision]=2`, `/project/${labelled}/synset/${fish}/settings`,
      `/project/${labelled}/seed`, `/project/${labelled}/seed?tree=n02084071&open=n01861778&without=n02085374`, `/project/${labelled}/seed?list=nonsense`,
      `/project/${labelled}/import`, `/project/${labelled}/import?wnid=${fish}`, importPath, `${importPath}?show=all`,
      ...["", "?show=almost", "?show=reviewed"].map((show) => `/project/${labelled}/synset/${fish}/duplicates${show}`), "/accounts",
    ],
  },
];

type Known = {
  labelled: number; fresh: number; terms: number; meaning: number; importPath: string; image: string; voter: number; candidate: number;
};
let known: Known;
let adminContext: BrowserContext;

test.skip(({ isMobile }) => isMobile, "these tests set the screen's size themselves");

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  adminContext = await visitor(browser);
  const request = adminContext.request;
  await signInAsAdmin(request);
  await openSignUp(request);
  const photographs = candidates(fish);
  const labelled = await makeProject(request, newName("Labelled"), [fish, "n02084071"], { batch_size: 36 });
  const importPath = await importPhotographs(request, labelled, fish, photographs);
  await crowd(() => playwright.request.newContext(), labelled, 11);
  const fresh = await makeProject(request, newName("Fresh"), [fish]);
  await importPhotographs(request, fresh, fish, photographs);
  const terms = await makeProject(request, newName("Terms"), [fish]);
  await mustCall(request, "change_entry", { project: terms, terms: "Be kind.\n\nBe quick.", definition_questions: true });
  const meaning = await makeProject(request, newName("Meaning"), [fish]);
  await importPhotographs(request, meaning, fish, photographs);
  const gallery = await (await request.get(`${url}/project/${labelled}/synset/${fish}?show=negative`, { headers: { accept: "text/html" } })).text();
  const image = (/\/project\/\d+\/synset\/n\d+\/image\/\d+\?[^"]+/.exec(gallery)?.[0] ?? "").replaceAll("&amp;", "&");
  expect(image, "the gallery links its images").not.toBe("");
  const [vote] = await exportedVotes(request, labelled);
  known = { labelled, fresh, terms, meaning, importPath, image, voter: Number(vote?.worker.slice(1)), candidate: vote?.candidate ?? 0 };
});
test.afterAll(() => adminContext.close());

test("every route of the program is in the list", () => {
  const all = routes.flatMap(({ paths }) => paths({ labelled: 1, fresh: 2, terms: 3, meaning: 4, importPath: "/import/1", image: `/project/1/synset/${fish}/image/1?show=open`, voter: 1, candidate: 1 }));
  expect(forgotten(all), "add them to the roles that see them").toEqual([]);
});

for (const { role, paths } of routes) {
  test(`${role}: every page is accessible, secure and fits`, async ({ browser }) => {
    test.setTimeout(150_000);
    const context = await visitor(browser, { viewport: { width: 1280, height: 900 } });
    await become(context, role);
    const page = await context.newPage();
    const breaches = watchPolicy(page);
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    for (const path of paths(known)) {
      await test.step(path, () => examine(page, path));
    }
    expect(breaches, "breaches of the content security policy and errors of scripts").toEqual([]);
    await context.close();
  });
}

async function become(context: BrowserContext, role: Role) {
  if (role === "admin") await signInAsAdmin(context.request);
  if (role === "worker") {
    await signUp(context.request, newName("reader"));
    await begin(context.request, known.fresh);
  }
  if (role === "manager" || role === "expert") {
    const name = newName(role);
    await invite(adminContext.request, context.request, name, role);
    await signIn(context.request, name);
  }
}

function watchPolicy(page: Page) {
  const breaches: string[] = [];
  page.on("console", (message) => {
    // The browser reports pages that answer 403, 404 or 409 as errors of loading; that they do is what is wanted.
    if (message.type() === "error" && !/Failed to load resource.*status of (403|404|409)/.test(message.text())) {
      breaches.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => breaches.push(`${page.url()}: ${error.message}`));
  return breaches;
}

async function examine(page: Page, path: string) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(path);
  if ((await page.locator("#board form.batch").count()) > 0) await ready(page);
  for (const colorScheme of looksClosely ? (["light", "dark"] as const) : []) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
    const found = violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map((node) => node.html).join(" | ")}`);
    expect.soft(found, `${path}, ${colorScheme}`).toEqual([]);
  }
  expect.soft(await page.title(), `${path} has a title`).toMatch(/\S.* · Synvote$/);
  await expect.soft(page.locator("h1"), `${path} has one main heading`).toHaveCount(1);
  await page.setViewportSize(narrow);
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const over = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > room + 1);
    return [`${document.documentElement.scrollWidth} px`, ...over.slice(0, 4).map((node) => node.outerHTML.slice(0, 120))];
  });
  expect.soft(wide, `${path} needs no sideways scrolling at 320 px`).toEqual([]);
}
