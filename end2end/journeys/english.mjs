// A foreigner reads everything in English, and the device remembers it.
import { test, expect, picture } from "../support/test.mjs";
import { Guide } from "../pages/guide.mjs";

test("English is chosen on any page, kept, and complete through guide and checklist", async ({ page, app }) => {
  await app.open("/services/HJ-001");
  await app.speakEnglish();
  await expect(app.heading).toContainText("Birth registration");
  await page.reload();
  await app.settled();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(app.heading).toContainText("Birth registration");
  await app.open("/services/HJ-001/guide");
  await new Guide(page).answerFirstChoices();
  await app.settled();
  await picture(page, "english-checklist");
  // Chinese remains only where it names itself: the product, the language switch.
  const text = await app.main.innerText();
  expect(text.match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([]);
});

test.describe("a browser that asks for English", () => {
  test.use({ locale: "en-GB" });

  test("gets English, finds a service in English words", async ({ page, app }) => {
    await app.open("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await app.ask("birth registration");
    await expect(app.results.first()).toContainText("Birth registration");
  });
});
