// The test of every journey: a page that must stay clean. A message in the console, a violation
// of the content security policy, a request to anybody else or a broken script fails the test.
import { test as base, expect } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { Application } from "../pages/application.mjs";

/** Said by the test tool itself, where a journey does without the service worker. */
const ALWAYS_EXPECTED = [/Service Worker registration blocked by Playwright/];

/** Journeys that break something on purpose say which messages they expect. */
const isExpected = (text, expected) =>
  [...ALWAYS_EXPECTED, ...expected].some((pattern) => pattern.test(text));

export const test = base.extend({
  /** Patterns of console messages that belong to the test. */
  expectedMessages: [[], { option: true }],

  page: async ({ page, baseURL, expectedMessages }, use) => {
    const faults = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !isExpected(message.text(), expectedMessages)) {
        faults.push(`console: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => {
      if (!isExpected(error.message, expectedMessages)) faults.push(`script: ${error.message}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL) && !/^(data|blob):/.test(url)) faults.push(`request to ${url}`);
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await use(page);
    expect(faults).toEqual([]);
  },

  app: async ({ page }, use) => use(new Application(page)),
});

export { expect };

/** A picture for whoever looks at the run afterwards; the folder is not in the repository. */
export async function picture(page, name) {
  mkdirSync("screenshots", { recursive: true });
  await page.screenshot({ path: `screenshots/${name}.png`, fullPage: true });
}
