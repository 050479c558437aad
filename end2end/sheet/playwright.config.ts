// Pictures for the sheet are taken by several browsers at once; otherwise as the journeys.
import { defineConfig } from "@playwright/test";
import journeys from "../playwright.config";

export default defineConfig({
  ...journeys,
  testDir: ".",
  testMatch: "sheet.spec.ts",
  outputDir: "../test-results/sheet",
  fullyParallel: true,
  workers: 4,
  reporter: [["dot"], ["./index-page.ts"]],
  use: { ...journeys.use, trace: "off", screenshot: "off" },
  projects: [{ name: "sheet" }],
});
