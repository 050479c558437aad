// The server under test, and what journeys do to it without a screen: accounts, projects, imports.
import { type APIRequestContext, type Browser, type BrowserContext, type BrowserContextOptions, expect } from "@playwright/test";
import { archive, type Photograph } from "./photographs";

export const url = (process.env.SYNVOTE_URL ?? "http://127.0.0.1:3000").replace(/\/$/, "");
/** The one-time link for the first admin, as the server printed it at its start. */
export const adminLink = process.env.SYNVOTE_ADMIN_LINK ?? "";
export const admin = { name: "ada", password: "a photograph of a rosella" };
export const password = "many eyes see more";

/** What our own pages send with a form; the server refuses what does not say where it comes from. */
const ours = { origin: url, accept: "application/json" };

export type Fields = Record<string, string | number | boolean>;

/** Calls a server function as the page's script would. */
export function call(request: APIRequestContext, name: string, form: Fields) {
  return request.post(`${url}/api/${name}`, { headers: ours, form });
}

/** Calls a server function that must succeed. Where many try, the server may say when to come back. */
export async function mustCall(request: APIRequestContext, name: string, form: Fields) {
  for (;;) {
    const answer = await call(request, name, form);
    if (answer.status() === 429) {
      await new Promise((wake) => setTimeout(wake, 1_000 * Number(answer.headers()["retry-after"] ?? 1)));
      continue;
    }
    expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
    return answer;
  }
}

/** A browser of its own for one person. */
export function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ baseURL: url, ...options });
}

/** Signs the admin in, and makes the account by the one-time link if no journey has yet. */
export async function signInAsAdmin(request: APIRequestContext) {
  const known = await call(request, "sign_in", admin);
  if (known.status() === 200) return;
  expect(adminLink, "SYNVOTE_ADMIN_LINK must hold the link that the server printed").not.toBe("");
  await mustCall(request, "accept_invitation", { token: adminLink.split("/").pop() ?? "", ...admin });
}

/** Signs somebody in who has an account. */
export async function signIn(request: APIRequestContext, name: string) {
  await mustCall(request, "sign_in", { name, password });
}

/** Makes a worker's account and signs in. Sign-up must be open. */
export async function signUp(request: APIRequestContext, name: string) {
  await mustCall(request, "sign_up", { name, password });
}

/** Lets everybody sign up. */
export async function openSignUp(request: APIRequestContext) {
  await mustCall(request, "set_open_sign_up", { open: true });
}

/** Makes an account with a role, by an invitation whose link the admin's next page shows. */
export async function invite(adminRequest: APIRequestContext, request: APIRequestContext, name: string, role: string) {
  await mustCall(adminRequest, "invite", { role, days: 1 });
  const page = await (await adminRequest.get(`${url}/accounts`, { headers: { accept: "text/html" } })).text();
  const token = /\/invitation\/([0-9a-f]+)/.exec(page)?.[1];
  expect(token, "the page after an invitation shows its link").toBeTruthy();
  await mustCall(request, "accept_invitation", { token: token ?? "", name, password });
}

export type Settings = Partial<Record<"target_precision" | "initial_sample" | "initial_votes" | "batch_size" | "batch_size_phone" | "votes_cap", number>>;

/** Makes a project with synsets in it, and returns its id. */
export async function makeProject(request: APIRequestContext, name: string, wnids: string[], settings: Settings = {}) {
  const made = await mustCall(request, "create_project", { name });
  const project = Number(made.headers()["location"]?.split("/").pop());
  const usual = { target_precision: 0.95, rejection: 0.1, initial_sample: 20, initial_votes: 10, votes_cap: 20, batch_size: 36, batch_size_phone: settings.batch_size ?? 36 };
  const form: Fields = { project, "settings[threshold]": "", "settings[duplicate_distance]": 8, "settings[method]": "full" };
  for (const [key, value] of Object.entries({ ...usual, ...settings })) form[`settings[${key}]`] = value;
  await mustCall(request, "change_settings", form);
  await mustCall(request, "seed_synsets", { project, "request[list]": wnids.join(" ") });
  return project;
}

/** Brings photographs in as an archive, waits until all have been looked at, and returns the import's path. */
export async function importPhotographs(request: APIRequestContext, project: number, wnid: string, photographs: Photograph[]) {
  const zip = archive(photographs.map(({ path, bytes }) => ({ name: path, bytes })));
  const sent = await request.post(`${url}/project/${project}/import`, {
    headers: { origin: url, accept: "text/html" },
    maxRedirects: 0,
    multipart: {
      wnid,
      licence: photographs[0]?.licence ?? "",
      attribution: photographs[0]?.attribution ?? "",
      files: { name: "photographs.zip", mimeType: "application/zip", buffer: zip },
    },
  });
  const path = sent.headers()["location"] ?? "";
  expect(path, `${sent.status()} ${await sent.text()}`).toMatch(/^\/import\/\d+$/);
  await expect
    .poll(async () => (await (await request.get(url + path, { headers: { accept: "text/html" } })).text()).includes("Finished"), {
      timeout: 60_000,
      message: `${path} finishes`,
    })
    .toBe(true);
  return path;
}

/** The votes of a project so far, as everybody with the right can download them. */
export async function exportedVotes(request: APIRequestContext, project: number) {
  const csv = await (await request.get(`${url}/project/${project}/votes.csv`)).text();
  const lines = csv.trim().split("\n").slice(1);
  return lines.map((line) => {
    const [candidate = "", worker = "", label = "", synset = "", image = ""] = line.trim().split(",");
    return { candidate: Number(candidate), worker, label, synset, image };
  });
}

let people = 0;
/** A name that nobody has yet, on a server that may have seen other journeys. */
export function newName(kind: string) {
  people += 1;
  return `${kind}-${Date.now().toString(36)}-${people}`;
}
