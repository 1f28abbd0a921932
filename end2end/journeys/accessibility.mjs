// axe-core on every page, in both languages and three modes: no violation.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test, expect } from "../support/test.mjs";
import { ROUTES, openRoute } from "../support/routes.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const MODES = {
  standard: {},
  large: { print: "large" },
  dark: { scheme: "dark" },
};

for (const name of Object.keys(ROUTES)) {
  for (const language of ["zh-Hans", "en"]) {
    for (const [mode, preferences] of Object.entries(MODES)) {
      test(`${name} in ${language}, ${mode}`, async ({ page, app }) => {
        await app.prefer({ language, ...preferences });
        await openRoute(name, page, app);
        // The debugger's interface is not bound by the page's policy on scripts.
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const result = await window.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          });
          return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
        });
        expect(violations).toEqual([]);
      });
    }
  }
}
