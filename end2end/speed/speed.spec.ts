// Measures the labeling page and says what falls short of the bars. A measurement: a slow machine makes nothing fail.
import { expect, test } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { candidates } from "../journeys/photographs";
import { importPhotographs, makeProject, openSignUp, signInAsAdmin, signUp, url, visitor } from "../journeys/server";
import { begin } from "../journeys/voters";
import { code, codeBar, weigh, withoutWasm, withoutWasmBar } from "../weight";
import { profile, time } from "./event-timing";
import { lighthouse } from "./lighthouse";

const folder = process.env.SPEED ?? "speed";
const fish = "n02512053";
const bars = { code: codeBar, withoutWasm: withoutWasmBar, lcp: 1_200, inp: 50, cls: 0 };

test("the labeling page, with its script and without", async ({ browser }) => {
  const adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  const project = await makeProject(adminContext.request, "Speed", [fish], { batch_size: 48 });
  await importPhotographs(adminContext.request, project, fish, candidates(fish));
  await adminContext.close();
  const context = await visitor(browser);
  await signUp(context.request, "speedy");
  await begin(context.request, project);
  const path = `/label/${project}`;
  const state = await context.storageState();
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const measure = async (script: boolean) => {
    const page = await context.newPage();
    if (!script) await page.route("**/pkg/**", (route) => route.abort());
    const weight = await weigh(page, path);
    await page.close();
    return { weight, timing: await time(browser, url, path, state, script), lighthouse: lighthouse(url + path, cookie, script) };
  };
  const figures = { bars, profile, with: await measure(true), without: await measure(false) };
  await context.close();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "speed.json"), `${JSON.stringify(figures, null, 2)}\n`);
  const table = report(figures);
  writeFileSync(join(folder, "speed.md"), table);
  console.log(`\n${table}\nspeed: ${join(folder, "speed.json")}`);
  expect(figures.with.weight.wasm, "the page has woken up").toBeGreaterThan(0);
});

type Side = { weight: Awaited<ReturnType<typeof weigh>>; timing: Awaited<ReturnType<typeof time>>; lighthouse: ReturnType<typeof lighthouse> };
type Row = [what: string, bar: number | undefined, of: (side: Side) => number, unit: string];

const worst = (durations: number[]) => Math.max(0, ...durations);
const median = (durations: number[]) => durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? 0;
const rows: Row[] = [
  ["HTML", undefined, ({ weight }) => weight.html, "B"],
  ["CSS", undefined, ({ weight }) => weight.css, "B"],
  ["JavaScript", undefined, ({ weight }) => weight.js, "B"],
  ["wasm", undefined, ({ weight }) => weight.wasm, "B"],
  ["all code", bars.code, ({ weight }) => code(weight), "B"],
  ["to label without wasm (HTML and CSS)", bars.withoutWasm, ({ weight }) => withoutWasm(weight), "B"],
  ["pictures", undefined, ({ weight }) => weight.pictures, "B"],
  ["number of pictures", undefined, ({ weight }) => weight.pictureCount, ""],
  ["LCP, event timing", bars.lcp, ({ timing }) => timing.lcp, "ms"],
  ["LCP, Lighthouse", bars.lcp, ({ lighthouse }) => lighthouse.lcp, "ms"],
  ["CLS, event timing", bars.cls, ({ timing }) => timing.cls, ""],
  ["CLS, Lighthouse", bars.cls, ({ lighthouse }) => lighthouse.cls, ""],
  ["a pick by touch, longest", bars.inp, ({ timing }) => worst(timing.picks.touch), "ms"],
  ["a pick by touch, median", undefined, ({ timing }) => median(timing.picks.touch), "ms"],
  ["a pick by keyboard, longest", bars.inp, ({ timing }) => worst(timing.picks.keyboard), "ms"],
  ["a pick by keyboard, median", undefined, ({ timing }) => median(timing.picks.keyboard), "ms"],
  ["loaded, and awake with script", undefined, ({ timing }) => timing.ready, "ms"],
  ["blocked, Lighthouse (TBT)", undefined, ({ lighthouse }) => lighthouse.tbt, "ms"],
  ["score, Lighthouse", undefined, ({ lighthouse }) => lighthouse.score * 100, ""],
];

function report(figures: { with: Side; without: Side }): string {
  const shown = (n: number, unit: string) => `${unit === "" ? Number(n.toFixed(3)) : Math.round(n).toLocaleString("en")}${unit && ` ${unit}`}`;
  const lines = rows.map(([what, bar, of, unit]) => {
    const [has, bare] = [of(figures.with), of(figures.without)];
    const verdict = bar === undefined ? "" : has <= bar ? "within" : "**falls short**";
    const ratio = bare > 0 ? (has / bare).toFixed(2) : "";
    return `| ${[what, bar === undefined ? "" : shown(bar, unit), shown(has, unit), shown(bare, unit), ratio, verdict].join(" | ")} |`;
  });
  const head = ["figure", "at most", "labeling page", "without script", "ratio", ""];
  const { version } = figures.with.lighthouse;
  return [
    `Lighthouse ${version}, mobile, the middle one of five runs; event timing with ${profile.latency} ms, ${(profile.download * 8) / 1e6} Mbit/s and a processor ${profile.cpu} times as slow. LCP is of: ${figures.with.timing.lcpOf}.`,
    "", `| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines, "",
  ].join("\n");
}
