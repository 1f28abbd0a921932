// Everything works without a mouse.
import { test, expect } from "../support/test.mjs";

test("from the home page to a checklist with the keyboard only", async ({ page, app }) => {
  await app.open("/");
  // The first stop skips the header.
  await page.keyboard.press("Tab");
  const skip = page.locator(".yc-skip-link");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);

  await app.search.focus();
  await page.keyboard.type("出生登记");
  await app.results.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/services\/HJ-\d{3}$/);
  await app.settled();
  await expect(app.heading).toBeFocused();

  const start = app.main.getByRole("link", { name: /^开始/ });
  for (let stops = 0; stops < 60 && !(await start.evaluate((link) => link === document.activeElement)); stops += 1) {
    await page.keyboard.press("Tab");
    // Whatever has the focus shows it.
    const isVisible = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const label = element.id ? document.querySelector(`label[for="${element.id}"]`) : null;
      const shows = (style) => style.outlineStyle !== "none" || style.boxShadow !== "none";
      return element === document.body || shows(style) || (label && shows(getComputedStyle(label)));
    });
    expect(isVisible).toBe(true);
  }
  await expect(start).toBeFocused();
  await page.keyboard.press("Enter");
  await page.locator(".yc-choice__input").first().waitFor();

  for (let questions = 0; questions < 9 && !page.url().includes("/checklist"); questions += 1) {
    const address = page.url();
    await page.locator(".yc-choice__input").first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).not.toBe(address);
    await app.settled();
  }
  await expect(page).toHaveURL(/\/checklist/);
  const box = page.locator(".yc-tick__input").first();
  if ((await box.count()) > 0) {
    await box.focus();
    await page.keyboard.press("Space");
    await expect(box).toBeChecked();
  }
});
