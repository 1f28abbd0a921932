// One server for the whole run (cargo xtask test starts it), one browser a worker.
import { defineConfig } from "@playwright/test";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "./support/chromium.mjs";

export default defineConfig({
  testDir: "journeys",
  testMatch: "*.mjs",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: "results/artefacts",
  reporter: [["line"], ["json", { outputFile: "results/report.json" }]],
  use: {
    baseURL: process.env.YICHUANG_URL || "http://localhost:8080",
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    // The worker has a journey of its own; elsewhere it would only answer from its cache.
    serviceWorkers: "block",
    launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS },
  },
});
