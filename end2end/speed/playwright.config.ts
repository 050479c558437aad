// One page at a time, so that nothing else takes the processor that is measured.
import { defineConfig } from "@playwright/test";
import journeys from "../playwright.config";

export default defineConfig({
  ...journeys,
  testDir: ".",
  testMatch: "speed.spec.ts",
  outputDir: "../test-results/speed",
  timeout: 300_000,
  use: { ...journeys.use, trace: "off", screenshot: "off" },
  projects: [{ name: "speed" }],
});
