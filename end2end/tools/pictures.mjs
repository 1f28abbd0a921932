// Takes the README's pictures from a running product: node tools/pictures.mjs URL
import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "../support/chromium.mjs";
import { mkdirSync } from "node:fs";

const folder = new URL("../../docs/images/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
const url = process.argv[2];

await page.goto(`${url}/`);
await page.getByRole("searchbox").pressSequentially("宝宝上户口");
await page.locator("search .yc-service__name").first().waitFor();
await page.screenshot({ path: `${folder}search.png` });

await page.goto(`${url}/services/HJ-003/guide`);
for (let questions = 0; questions < 9 && !page.url().includes("/checklist"); questions += 1) {
  const before = page.url();
  await page.locator("main .yc-choice__label").first().click();
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((address) => address.href !== before);
}
await page.locator("#materials").waitFor();
await page.evaluate(() => {
  document.activeElement?.blur();
  scrollTo(0, 0);
});
await page.screenshot({ path: `${folder}checklist.png` });
await browser.close();
