// A mother registers her child: finds it in the words of the street, answers the guide, prints
// the checklist, and still has it in the lift where there is no network.
import { readFileSync } from "node:fs";
import { test, expect, picture } from "../support/test.mjs";
import { Guide } from "../pages/guide.mjs";

test.use({ serviceWorkers: "allow" });

test("from 宝宝上户口 to a printed checklist, and again without a network", async ({ page, app, context }) => {
  await app.open("/");
  await app.ask("宝宝上户口");
  await expect(app.results.first()).toContainText("出生登记");
  await picture(page, "journey-1-search");
  await app.results.first().click();

  await expect(page).toHaveURL(/\/services\/HJ-001$/);
  await app.settled();
  await expect(app.heading).toContainText("出生登记");
  await expect(app.main.getByRole("heading", { level: 2 }).first()).toHaveText("要带什么");
  await picture(page, "journey-2-service");

  await app.main.getByRole("link", { name: /^开始/ }).click();
  const guide = new Guide(page);
  await guide.choices.first().waitFor();
  await picture(page, "journey-3-guide");
  const questions = await guide.answerFirstChoices();
  expect(questions).toBeGreaterThan(1);

  await app.settled();
  await expect(app.main).toContainText("出生医学证明");
  await picture(page, "journey-4-checklist");

  const print = app.main.getByRole("button", { name: "打印清单" });
  await page.evaluate(() => {
    window.print = () => (window.hasPrinted = true);
  });
  await print.click();
  expect(await page.evaluate(() => window.hasPrinted)).toBe(true);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header.yc-header")).toBeHidden();
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length, "pages of A4").toBeLessThanOrEqual(2);
  await page.emulateMedia({ media: null });

  // The worker is there and has what this visit used.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(async () => Boolean(await (await caches.open("yc-pages")).match("/"))))
    .toBe(true);
  await expect
    .poll(() =>
      page.evaluate(async () =>
        (await (await caches.open("yc-files")).keys()).some((request) => request.url.includes("HJ-001.pack")),
      ),
    )
    .toBe(true);

  const before = await app.main.getByRole("heading", { level: 2 }).allTextContents();
  await context.setOffline(true);
  await page.reload();
  await app.settled();
  expect(await app.main.getByRole("heading", { level: 2 }).allTextContents()).toEqual(before);
  await expect(app.main).toContainText("出生医学证明");
  await picture(page, "journey-5-offline");
});

test("the checklist opens from a link in another browser", async ({ page, app, browser }) => {
  await app.open("/services/HJ-001/guide");
  await new Guide(page).answerFirstChoices();
  await app.settled();
  const address = page.url();
  const list = await app.main.locator(".yc-tick__name").allTextContents();
  expect(list.length).toBeGreaterThan(0);

  const other = await browser.newContext({ serviceWorkers: "block", locale: "zh-CN" });
  const copy = await other.newPage();
  await copy.goto(address);
  await expect(copy.locator(".yc-tick__name").first()).toBeVisible();
  expect(await copy.locator(".yc-tick__name").allTextContents()).toEqual(list);
  await other.close();
});

test("Back changes an answer and keeps the later ones that still hold", async ({ page, app }) => {
  await app.open("/services/HJ-001/guide");
  const guide = new Guide(page);
  await guide.answer(0);
  const second = await guide.question.textContent();
  await page.goBack();
  await expect(guide.question).not.toHaveText(second);
  await page.goForward();
  await expect(guide.question).toHaveText(second);
  await page.reload();
  await expect(guide.question).toHaveText(second);
});
