// A grandmother switches to large print (关怀版).
import { test, expect, picture } from "../support/test.mjs";

test("large print has text of at least 18 px, targets of 60 px and fewer things", async ({ page, app }) => {
  await app.open("/");
  const before = await page.locator("main").innerText();
  await app.printLarge();
  await picture(page, "large-home");
  const after = await page.locator("main").innerText();
  expect(after.length, "fewer things").toBeLessThan(before.length);

  for (const path of ["/", "/services", "/services/HJ-001", "/services/HJ-001/guide"]) {
    await app.open(path);
    const small = await page.evaluate(() => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
        if (element.closest(".yc-visually-hidden, svg, script, style, noscript")) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < 18) found.push(`${size}px ${element.className} ${walker.currentNode.textContent.trim().slice(0, 20)}`);
      }
      return found;
    });
    expect(small, path).toEqual([]);

    const low = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input:not([type=hidden]), .yc-button, .yc-nav__link")]
        .filter((element) => element.checkVisibility() && !element.matches(".yc-visually-hidden"))
        .map((element) => {
          // A radio button or box is touched on its row.
          const target = element.closest(".yc-choice, .yc-tick") ?? element;
          return [target.getBoundingClientRect().height, element.className];
        })
        .filter(([height]) => height < 59.5)
        .map(([height, name]) => `${Math.round(height)} ${name}`)
        .filter((fault, index, all) => all.indexOf(fault) === index),
    );
    expect(low, path).toEqual([]);
    await app.expectNoSidewaysScroll();
  }
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-print-size", "large");
});
