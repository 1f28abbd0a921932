// Lighthouse's mobile profile, three runs a page, the median of each figure.
// Usage: node tools/lighthouse.mjs URL
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "../support/chromium.mjs";

const RUNS = 3;
const PAGES = {
  home: "/",
  service: "/services/HJ-001",
  guide: "/services/HJ-001/guide",
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function once(url) {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ["--headless=new", ...CHROMIUM_ARGUMENTS] });
  try {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility", "best-practices"],
    });
    for (const { auditRefs } of Object.values(lhr.categories)) {
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 0.9) {
          console.error(`  ${id}: ${audit.displayValue || audit.title}`);
          for (const item of audit.details?.items?.slice(0, 3) ?? []) {
            console.error(`    ${JSON.stringify(item.node?.snippet ?? item.description ?? item.url ?? "").slice(0, 160)}`);
          }
        }
      }
    }
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    const value = (audit) => Math.round(lhr.audits[audit].numericValue);
    return {
      performance: score("performance"),
      accessibility: score("accessibility"),
      best_practices: score("best-practices"),
      lcp_ms: value("largest-contentful-paint"),
      tbt_ms: value("total-blocking-time"),
      interactive_ms: value("interactive"),
    };
  } finally {
    await chrome.kill();
  }
}

const result = {};
for (const [name, path] of Object.entries(PAGES)) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await once(process.argv[2] + path));
    console.error(`${name} run ${run + 1}: ${JSON.stringify(runs.at(-1))}`);
  }
  result[name] = Object.fromEntries(
    Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]),
  );
}
console.log(JSON.stringify(result));
