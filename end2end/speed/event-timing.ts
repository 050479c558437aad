// The browser's own timing of one page on a throttled line and processor: largest paint, shifts, and how long each pick
// takes from the hand to the next picture on the screen.
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

/** Lighthouse's mobile profile: a slow 4G line and a processor four times as slow. */
export const profile = { latency: 150, download: 1_638_400 / 8, upload: 768_000 / 8, cpu: 4 };

export type Hand = "keyboard" | "touch";
export type Timing = { lcp: number; lcpOf: string; cls: number; ready: number; picks: Record<Hand, number[]> };

type Seen = { lcp: number; lcpOf: string; cls: number; events: { name: string; duration: number; interaction: number }[] };
declare global {
  interface Window {
    seen: Seen;
  }
}

const phone: BrowserContextOptions = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
  userAgent: "Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
};

/** Measures a page, without its script where `script` is false. */
export async function time(browser: Browser, baseURL: string, path: string, state: BrowserContextOptions["storageState"], script: boolean): Promise<Timing> {
  const context = await browser.newContext({ ...phone, baseURL, storageState: state });
  if (!script) await context.route("**/pkg/**", (route) => route.abort());
  const page = await context.newPage();
  await page.addInitScript(observe);
  await throttle(page);
  const began = Date.now();
  await page.goto(path, { waitUntil: "load" });
  if (script) await page.locator("#board button.help:not(.asleep)").waitFor({ state: "attached" });
  const ready = Date.now() - began;
  await page.waitForLoadState("networkidle");
  const { lcp, lcpOf } = await page.evaluate(() => window.seen);
  const picks = { touch: await touches(page), keyboard: await keys(page) };
  const { cls } = await page.evaluate(() => window.seen);
  await context.close();
  return { lcp, lcpOf, cls, ready, picks };
}

async function throttle(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const { latency, download, upload, cpu } = profile;
  await client.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: download, uploadThroughput: upload });
  await client.send("Emulation.setCPUThrottlingRate", { rate: cpu });
}

async function touches(page: Page): Promise<number[]> {
  const tiles = page.locator("#board .tile label.pick");
  return durations(page, async () => {
    for (let place = 0; place < 8; place += 1) {
      await tiles.nth(place).tap();
      await page.waitForTimeout(150);
    }
  });
}

async function keys(page: Page): Promise<number[]> {
  await page.locator("#board .tile input[name='yes[]']").first().focus();
  return durations(page, async () => {
    for (let times = 0; times < 8; times += 1) {
      await page.keyboard.press("Space");
      await page.waitForTimeout(150);
    }
  });
}

/** How long each interaction took that happens meanwhile (ms, in steps of 8: what the browser says). */
async function durations(page: Page, happens: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => { window.seen.events = []; });
  await happens();
  await page.waitForTimeout(300);
  const events = await page.evaluate(() => window.seen.events);
  const longest = new Map<number, number>();
  for (const { interaction, duration } of events) longest.set(interaction, Math.max(longest.get(interaction) ?? 0, duration));
  return [...longest.values()];
}

/** Runs in the page, before anything else of it. */
function observe() {
  const seen: Seen = { lcp: 0, lcpOf: "", cls: 0, events: [] };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { element?: Element })[]) {
      seen.lcp = entry.startTime;
      seen.lcpOf = entry.element ? `${entry.element.localName} ${entry.element.className}`.trim() : "";
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) seen.cls += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId) seen.events.push({ name: entry.name, duration: entry.duration, interaction: entry.interactionId });
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}
