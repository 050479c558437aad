// Which screens are on the sheet: every route and every state, in front of the gallery's made-up data.
import type { Page } from "@playwright/test";

/** The gallery's visitors, in the order of its ports. */
export const visitors = [
  "visitor", "worker", "manager", "admin", "admin of an empty server", "expert", "visitor of a closed server", "worker of an empty server",
] as const;
export type Visitor = (typeof visitors)[number];

export type Screen = {
  name: string;
  visitor: Visitor;
  path: string;
  /** What is done before the picture is taken; it needs the script. */
  act?: (page: Page) => Promise<void>;
};

const pick = async (page: Page) => {
  for (const place of [1, 4, 6]) await page.locator("#board .tile label.pick").nth(place).click();
};

/** As the server sends somebody back: an address that comes from elsewhere shows no error. */
const refused = (error: string) => async (page: Page) => {
  await page.evaluate((error) => location.assign(`?__err=${error}`), error);
  await page.waitForURL(/__err/);
};

/** What a screen shows when it can't be left out which role looks. */
const screens: [Visitor, [name: string, path: string, act?: Screen["act"]][]][] = [
  ["visitor", [
    ["Start", "/"],
    ["Sign in", "/sign-in"],
    ["Sign in, sent from another page", "/sign-in?to=/account"],
    ["Sign in, refused", "/sign-in", refused("eyJJbnZhbGlkIjoiVGhlIG5hbWUgb3IgdGhlIHBhc3N3b3JkIGlzIG5vdCByaWdodC4ifQ==")],
    ["Sign up", "/sign-up"],
    ["Invitation", "/invitation/abc"],
    ["Invitation, used", "/invitation/used"],
    ["No such page", "/nowhere"],
  ]],
  ["visitor of a closed server", [["Start, by invitation", "/"], ["Sign up, closed", "/sign-up"]]],
  ["worker", [
    ["Start", "/"],
    ["Account", "/account"],
    ["Labeling", "/label/1"],
    ["Labeling, three picked", "/label/1", pick],
    ["Labeling, keys", "/label/1", async (page) => {
      await page.locator("#board input[name='yes[]']").first().focus();
      await page.keyboard.press("?");
    }],
    ["Labeling, large picture", "/label/1", (page) => page.locator("#board .tile a.zoom").first().click()],
    ["Labeling, offline", "/label/1", async (page) => {
      await pick(page);
      await page.context().setOffline(true);
      await page.getByRole("button", { name: /Submit/ }).first().click();
      await page.waitForTimeout(500);
    }],
    ["All settled", "/label/2"],
    ["Nothing for you", "/label/3"],
    ["Terms", "/label/4"],
    ["Definition", "/label/5"],
    ["Definition, mistaken", "/label/6"],
    ["Practice", "/label/7"],
    ["Practice, passed", "/label/1/practice/n02110341"],
    ["Practice, once more", "/label/7/practice/n02110341"],
    ["Stopped", "/label/8"],
    ["Last page", "/label/1/last"],
    ["My work", "/work"],
    ["No such project", "/label/77"],
    ["Storage away", "/label/503"],
    ["WordNet", "/synsets"],
    ["WordNet, found", "/synsets?q=dog"],
    ["WordNet, not found", "/synsets?q=zzz"],
    ["Synset", "/synset/n02084071"],
    ["Not for this account", "/projects"],
  ]],
  ["worker of an empty server", [["Start, nothing to label", "/"], ["My work, none so far", "/work"]]],
  ["expert", [
    ["Start", "/"],
    ["Review", "/review?trail=7"],
    ["Review, votes hidden", "/review?votes=hidden"],
    ["Review, decided by somebody else meanwhile", "/review?case=31&mine=no&trail=7"],
    ["Review of a project", "/project/1/review"],
    ["Audit", "/project/1/audit?skip=1"],
    ["Anchors", "/project/1/anchors"],
  ]],
  ["manager", [
    ["Start", "/"],
    ["Projects", "/projects"],
    ["Project", "/project/1"],
    ["Project, sorted, next page", "/project/1?sort=votes&dir=desc&after=x"],
    ["Synset of a project", "/project/1/synset/n02110341"],
    ["Synset, on hold, near duplicates", "/project/1/synset/n02123394?show=duplicate"],
    ["Synset, no images", "/project/1/synset/n02123597"],
    ["Image of a synset", "/project/1/synset/n02110341/image/7?show=positive&sort=confident"],
    ["Workers", "/project/1/workers"],
    ["Workers, not found", "/project/1/workers?q=zzz"],
    ["Worker with warnings", "/project/1/worker/3"],
    ["Worker, excluded", "/project/1/worker/4"],
    ["Exclude a worker", "/project/1/worker/3/exclude"],
    ["Restore a worker", "/project/1/worker/4/restore"],
  ]],
  ["admin", [
    ["Projects", "/projects"],
    ["Project", "/project/1"],
    ["Certificate", "/project/1/certificate"],
    ["Forecast", "/project/1/forecast?target=0.98"],
    ["Forecast of a synset", "/project/1/forecast?synset=n02110341"],
    ["What if", "/project/1/replay?settings%5Bmethod%5D=majority&settings%5Bmajority_votes%5D=5"],
    ["Certificate of a synset", "/project/1/certificate?synset=n02110341"],
    ["Certificate of a synset on hold", "/project/1/certificate?synset=n02512053"],
    ["Tree of a project", "/project/1/tree"],
    ["Synset of a project", "/project/1/synset/n02110341"],
    ["Near duplicates", "/project/1/synset/n02110341/duplicates"],
    ["Near duplicates, reviewed", "/project/1/synset/n02110341/duplicates?show=reviewed"],
    ["Settings", "/project/1/settings"],
    ["Synset's own settings", "/project/1/synset/n02110341/settings"],
    ["WordNet as a tree", "/synsets/tree"],
    ["Seed", "/project/1/seed"],
    ["Seed, preview", "/project/1/seed?root=n02084071&depth=2"],
    ["Seed, refused", "/project/1/seed?list=n99999999"],
    ["Import", "/project/1/import?wnid=n02084071"],
    ["Import, running", "/import/1?still=yes"],
    ["Import, finished", "/import/2"],
    ["Import, failed", "/import/3"],
    ["Accounts", "/accounts"],
  ]],
  ["admin of an empty server", [
    ["Start, nothing to label", "/"],
    ["Projects, none", "/projects"],
    ["Project, no synsets", "/project/1"],
    ["Import, none so far", "/project/1/import"],
    ["Workers, none so far", "/project/1/workers"],
    ["Review, nothing waits", "/review"],
    ["Accounts, alone", "/accounts"],
  ]],
];

export const sheet: Screen[] = screens.flatMap(([visitor, shown]) =>
  shown.map(([name, path, act]) => ({ name, visitor, path, ...(act ? { act } : {}) })),
);
