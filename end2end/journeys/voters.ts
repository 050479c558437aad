// Workers who answer by the truth, with a few mistakes: in real pages with and without script, by mouse, by touch and by
// keyboard, or, where many are needed, by the requests that a page would send.
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { hashOf, isGood, synsetOf } from "./photographs";
import { mustCall, newName, signUp, url } from "./server";

type Tile = { candidate: number; small: string };
type Batch = { assignment: number; key: string; synset: { wnid: string }; tiles: Tile[] };
type Next = { Batch: Batch } | { Nothing: string } | { Preface: unknown } | { Stopped: string };

/** One answer in so many is a mistake, and which one depends on worker and picture alone. */
const ONE_MISTAKE_IN = 25;

/** What the worker with this number says of a picture. */
export function says(worker: number, wnid: string, address: string): boolean {
  const draw = (parseInt(hashOf(address).slice(0, 8), 16) + worker * 7919) % ONE_MISTAKE_IN;
  return isGood(wnid, address) !== (draw === 0);
}

/** Answers every batch of a project by requests, until there is none; returns the number of votes. */
export async function voteByRequests(request: APIRequestContext, project: number, worker: number, most = Infinity) {
  let votes = 0;
  let batch = await firstBatch(request, project);
  for (let batches = 0; batch && batches < most; batches += 1) {
    const { assignment, key, synset, tiles } = batch;
    const yes = tiles.filter((tile) => says(worker, synset.wnid, tile.small)).map((tile) => tile.candidate);
    const body = new URLSearchParams({ assignment: String(assignment), key });
    for (const candidate of yes) body.append("yes[]", String(candidate));
    if (yes.length === 0) body.append("none_of_these", "true");
    const answer = await request.post(`${url}/api/submit_votes`, {
      headers: { origin: url, accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      data: body.toString(),
    });
    expect(answer.status(), await answer.text()).toBe(200);
    const receipt = (await answer.json()) as { recorded: number; next: Next };
    expect(receipt.recorded).toBe(tiles.length);
    votes += receipt.recorded;
    batch = "Batch" in receipt.next ? receipt.next.Batch : "Preface" in receipt.next ? await firstBatch(request, project) : undefined;
  }
  return votes;
}

const html = { accept: "text/html" };

const unescaped = (text: string) =>
  text.replaceAll("<!>", "").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What WordNet says that a synset means, as everybody can look it up on its page. */
export async function meaningOf(request: APIRequestContext, wnid: string): Promise<string> {
  const page = await (await request.get(`${url}/synset/${wnid}`, { headers: html })).text();
  return unescaped(/<p class="lead">(.*?)<\/p>/s.exec(page)?.[1] ?? "");
}

/** Answers by requests what a project asks before its first batch, and returns the labeling page that comes then. */
export async function begin(request: APIRequestContext, project: number): Promise<string> {
  for (let questions = 0; questions < 20; questions += 1) {
    const page = await (await request.get(`${url}/label/${project}`, { headers: html })).text();
    const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? "";
    if (page.includes('action="/api/agree_to_terms"')) {
      await mustCall(request, "agree_to_terms", { project, version: value("version") });
    } else if (page.includes('action="/api/answer_definition"')) {
      const meaning = await meaningOf(request, value("wnid"));
      const choices = [...page.matchAll(/name="choice"[^>]*>\s*<span>(.*?)<\/span>/gs)].map((match) => unescaped(match[1] ?? ""));
      expect(choices, "one of the definitions is the right one").toContain(meaning);
      const choice = choices.indexOf(meaning);
      await mustCall(request, "answer_definition", { project, wnid: value("wnid"), tries: value("tries"), choice });
    } else {
      return page;
    }
  }
  throw new Error(`project ${project} asks the same again and again`);
}

/** Answers on the screen what a project asks before its first batch. */
export async function beginOnScreen(page: Page, project: number) {
  for (;;) {
    const agree = page.getByRole("button", { name: "I agree" });
    const question = page.locator("form[action='/api/answer_definition']");
    if ((await agree.count()) > 0) {
      await agree.click();
    } else if ((await question.count()) > 0) {
      const meaning = await meaningOf(page.context().request, await question.locator("input[name='wnid']").inputValue());
      await question.getByText(meaning, { exact: true }).click();
      await question.getByRole("button", { name: "That is it" }).click();
    } else {
      return;
    }
    await expect(page).toHaveURL(new RegExp(`/label/${project}\\??$`));
    await page.waitForLoadState();
  }
}

/** New workers label a project until nothing is left for them. */
export async function crowd(newRequest: () => Promise<APIRequestContext>, project: number, workers: number, most = Infinity) {
  for (let worker = 0; worker < workers; worker += 1) {
    const request = await newRequest();
    await signUp(request, newName("voter"));
    await voteByRequests(request, project, worker + 100, most);
    await mustCall(request, "sign_out", {});
    await request.dispose();
  }
}

async function firstBatch(request: APIRequestContext, project: number): Promise<Batch | undefined> {
  const page = await begin(request, project);
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1];
  const assignment = value("assignment");
  if (assignment === undefined) return undefined;
  const candidates = [...page.matchAll(/name="yes\[\]"[^>]*value="(\d+)"/g)].map((match) => Number(match[1]));
  // The question shows examples too: a tile's picture is one of several sizes.
  const pictures = [...page.matchAll(/srcset="(\/image\/small\/[0-9a-f]{64}\.jpg) /g)].map((match) => match[1] ?? "");
  expect(pictures).toHaveLength(candidates.length);
  const tiles = candidates.map((candidate, place) => ({ candidate, small: pictures[place] ?? "" }));
  const synset = { wnid: synsetOf(/<h1>([^<]*)</.exec(page)?.[1] ?? "") };
  return { assignment: Number(assignment), key: value("key") ?? "", synset, tiles };
}

export type Hand = "mouse" | "touch" | "keyboard";

/** The tiles on the screen: is each to be picked? */
async function picks(page: Page, worker: number): Promise<boolean[]> {
  const pictures = await page.locator("#board .tile img").evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
  const wnid = synsetOf(await page.locator("#board h1").innerText());
  return pictures.map((picture) => says(worker, wnid, picture));
}

/** The page is ready to be worked with: its script, if it has one, has taken the form over. */
export async function ready(page: Page) {
  await expect(page.locator("#board form.batch")).toBeVisible();
  // The list of keys is of no use without script, and on a phone it is not shown at all.
  await expect(page.locator("#board button.help:not(.asleep)")).toBeAttached();
}

const assignment = (page: Page) => page.locator("#board input[name='assignment']");

/** Answers the batch on the screen, with script; ends when the next one, or its absence, is shown. */
export async function answerBatch(page: Page, worker: number, hand: Hand) {
  const before = await assignment(page).inputValue();
  const wanted = await picks(page, worker);
  const tiles = page.locator("#board .tile");
  if (hand === "keyboard") {
    await tiles.first().locator("input[name='yes[]']").focus();
    for (const [place, pick] of wanted.entries()) {
      if (pick) await page.keyboard.press("Space");
      if (place + 1 < wanted.length) await page.keyboard.press("ArrowRight");
    }
  } else {
    for (const [place, pick] of wanted.entries()) {
      const picture = tiles.nth(place).locator("label.pick");
      if (pick) await (hand === "touch" ? picture.tap() : picture.click());
    }
  }
  const picked = wanted.filter(Boolean).length;
  await expect(page.locator("#board .tile:has(input[name='yes[]']:checked)")).toHaveCount(picked);
  if (picked === 0) await page.getByRole("button", { name: "None of these" }).click();
  else if (hand === "keyboard") await page.keyboard.press("Control+Enter");
  else await page.getByRole("button", { name: `Submit ${picked} picked` })[hand === "touch" ? "tap" : "click"]();
  // The next synset may begin with a question, which is a page of its own.
  const recorded = page.locator("#board [role='status']").filter({ hasText: `${wanted.length} votes recorded` });
  await expect(recorded.or(page.locator("form[action='/api/answer_definition']"))).toBeAttached();
  await expect(page.locator(`#board input[name='assignment'][value='${before}']`)).toHaveCount(0);
}

/** Labels with script until there is nothing left; returns the number of batches. */
export async function voteByPage(page: Page, project: number, worker: number, hand: Hand) {
  await page.goto(`/label/${project}`);
  await beginOnScreen(page, project);
  let batches = 0;
  for (; (await assignment(page).count()) > 0; batches += 1) {
    await ready(page);
    await answerBatch(page, worker, hand);
    // The next synset may begin with a question on a page of its own.
    await expect(page.locator("#board form.batch, form[action='/api/answer_definition'], .empty h1").first()).toBeAttached();
    await beginOnScreen(page, project);
  }
  return batches;
}

/** Labels in a browser without script until there is nothing left; returns the number of batches. */
export async function voteByForm(page: Page, project: number, worker: number) {
  await page.goto(`/label/${project}`);
  await beginOnScreen(page, project);
  let batches = 0;
  for (; (await assignment(page).count()) > 0; batches += 1) {
    const wanted = await picks(page, worker);
    for (const [place, pick] of wanted.entries()) {
      if (pick) await page.locator("#board .tile").nth(place).locator("label.pick").click();
    }
    const button = wanted.some(Boolean) ? /^Submit/ : "None of these";
    await page.getByRole("button", { name: button }).click();
    await expect(page).toHaveURL(new RegExp(`/label/${project}\\??$`));
    await beginOnScreen(page, project);
  }
  return batches;
}

