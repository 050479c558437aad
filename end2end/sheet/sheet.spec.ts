// Takes the pictures of the sheet. Not a test of its own: only what can't be shown at all makes it fail.
import { expect, test } from "@playwright/test";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { forgotten } from "../routes";
import { sheet, visitors } from "./screens";

const first = Number(process.env.GALLERY_PORT ?? 3101);
const folder = process.env.SHEET ?? "sheet";
/** As high as a picture gets: what is further down looks like what is above it. */
const highest = 3_000;

const sizes = [
  { width: 390, height: 844, isMobile: true, hasTouch: true, userAgent: "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile" },
  { width: 768, height: 1024 },
  { width: 1280, height: 860 },
];

test("every route is on the sheet", () => {
  expect(forgotten(sheet.map(({ path }) => path)), "add them to sheet/screens.ts").toEqual([]);
});

for (const [number, { name, visitor, path, act }] of sheet.entries()) {
  test(`${visitor}: ${name}`, async ({ browser }) => {
    for (const { width, height, ...device } of sizes) {
      const baseURL = `http://127.0.0.1:${first + visitors.indexOf(visitor)}`;
      const context = await browser.newContext({ baseURL, viewport: { width, height }, colorScheme: "light", reducedMotion: "reduce", ...device });
      const page = await context.newPage();
      await page.goto(path, { waitUntil: "load" });
      if ((await page.locator("leptos-island").count()) > 0) await page.waitForLoadState("networkidle");
      await act?.(page);
      const tall = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.max(height, Math.min(tall, highest)) });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const file = `${String(number).padStart(2, "0")}-${width}-${colorScheme}.jpeg`;
        await page.screenshot({ path: join(folder, file), type: "jpeg", quality: 75 });
        appendFileSync(join(folder, "made.jsonl"), `${JSON.stringify({ number, name, visitor, path, width, colorScheme, file })}\n`);
      }
      await context.close();
    }
  });
}
