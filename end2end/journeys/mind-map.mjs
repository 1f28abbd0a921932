// A husband looks at the whole guide of joining his wife's household as one picture.
import { test, expect, picture } from "../support/test.mjs";
import { Guide } from "../pages/guide.mjs";

test("the spouse guide is one picture, with one's own path, an outline, and one A4 page", async ({ page, app }) => {
  await app.open("/services/HJ-017/guide");
  await new Guide(page).answerFirstChoices();
  await app.settled();
  await app.main.getByRole("link", { name: /一图看懂/ }).click();
  await expect(page).toHaveURL(/\/services\/HJ-017\/map\?a=/);
  await app.settled();
  const map = app.main.locator("svg").filter({ has: page.locator("a, [tabindex], g") }).first();
  await expect(map).toBeVisible();
  await picture(page, "map-spouse");

  const outline = app.main.locator("section, nav, details").filter({ hasText: "文字版" }).last();
  await expect(outline).toBeVisible();
  await expect(outline).toContainText("您的选择");

  const pdf = await page.pdf({ preferCSSPageSize: true, format: "A4" });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length, "pages of A4").toBe(1);
});

test("the picture zooms by its buttons and moves by the keyboard", async ({ page, app }) => {
  await app.open("/services/HJ-017/map");
  const view = () => app.main.locator("svg").evaluateAll((all) => all.map((svg) => svg.outerHTML.slice(0, 4000)).join());
  const before = await view();
  await app.main.getByRole("button", { name: "放大" }).click();
  await expect.poll(view).not.toBe(before);
  await app.main.getByRole("button", { name: "看全图" }).click();
  await expect.poll(view).toBe(before);
});
