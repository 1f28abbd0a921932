// Draws public/icons/*.png from the SVG files: `npm run icons` after changing one.
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const folder = new URL("../../public/icons/", import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [source, size, target] of [
  ["icon.svg", 192, "icon-192.png"],
  ["icon.svg", 512, "icon-512.png"],
  ["icon-maskable.svg", 512, "icon-maskable-512.png"],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(new URL(source, folder), "utf8");
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
  await page.screenshot({ path: new URL(target, folder).pathname, omitBackground: true });
  await page.close();
}
await browser.close();
