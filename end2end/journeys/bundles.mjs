// One thing in life, several services: a newborn, leaving for Hong Kong, a basket of one's own.
import { test, expect, picture } from "../support/test.mjs";
import { Plan } from "../pages/plan.mjs";

/** The pages of A4 that the page prints on. */
async function printedPages(page) {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test.describe("with the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("a newborn: from the home page to a printed plan, and again without a network", async ({
    page,
    app,
    context,
  }) => {
    await app.open("/");
    await app.main.getByRole("link", { name: "新生儿出生一件事" }).click();
    await expect(page).toHaveURL(/\/bundles\/YJ-001$/);
    await app.settled();
    await picture(page, "bundle-1-newborn");
    await app.main.getByText("居民身份证首次申领", { exact: true }).click();
    await app.main.getByRole("link", { name: /^开始/ }).click();

    const plan = new Plan(page);
    const asked = await plan.answerAll();
    // Alone, the guides of the bundle ask eighteen questions.
    expect(asked.length).toBeLessThanOrEqual(10);
    await app.settled();
    await expect(app.heading).toHaveText("办理计划");
    await expect(app.main).toContainText("出生登记（婚生子女，国内出生）");
    await expect(app.main).toContainText("城乡居民基本医疗保险参保登记");
    // A child has hukou before an identity card.
    await expect(plan.stages.first()).toContainText("出生登记");
    await expect(plan.stages.first()).not.toContainText("居民身份证首次申领");
    const papers = await plan.papers.locator("p:first-child").allTextContents();
    expect(papers.length).toBeGreaterThan(0);
    expect(new Set(papers).size, "each paper once").toBe(papers.length);
    await expect(app.main).toContainText(/\d{4}年\d{1,2}月\d{1,2}日/);
    await picture(page, "plan-1-newborn");

    await page.evaluate(() => {
      window.print = () => (window.hasPrinted = true);
    });
    await app.main.getByRole("button", { name: "打印计划" }).click();
    expect(await page.evaluate(() => window.hasPrinted)).toBe(true);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("header.yc-header")).toBeHidden();
    expect(await printedPages(page), "pages of A4").toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: null });

    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect
      .poll(() =>
        page.evaluate(async () =>
          (await (await caches.open("yc-files")).keys()).some((request) => request.url.includes("bundles.pack")),
        ),
      )
      .toBe(true);
    const before = await app.main.getByRole("heading", { level: 2 }).allTextContents();
    await context.setOffline(true);
    await page.reload();
    await app.settled();
    await plan.stages.first().waitFor();
    expect(await app.main.getByRole("heading", { level: 2 }).allTextContents()).toEqual(before);
  });
});

test("settling in Hong Kong: the approval comes first, and what waits for it is named", async ({ page, app }) => {
  await app.open("/bundles/YJ-015");
  await app.main.getByRole("link", { name: /^开始/ }).click();
  const plan = new Plan(page);
  await plan.answerAll();
  await app.settled();
  await expect(plan.stages.first()).toContainText("出入境部门核查同意注销内地户口");
  await expect(plan.stages.first()).not.toContainText("注销户口证明");
  const refusals = app.main.locator("section[aria-labelledby=refused]");
  await expect(refusals).toContainText("“出入境部门核查同意注销内地户口”没批");
  await picture(page, "plan-2-hong-kong");
});

test("a basket of four: the contradiction is named and resolved, and the plan says so", async ({ page, app }) => {
  for (const code of ["HJ-001", "HJ-002", "HJ-051", "CR-002"]) {
    await app.open(`/services/${code}`);
    await app.main.getByRole("button", { name: /加入随心办/ }).click();
  }
  await app.open("/basket");
  await expect(app.main.locator(".yc-saved__item")).toHaveCount(4);
  await page.reload();
  await app.settled();
  await expect(app.main.locator(".yc-saved__item"), "the basket survives a reload").toHaveCount(4);
  await picture(page, "basket-four");

  await app.main.getByRole("link", { name: /^开始/ }).click();
  const plan = new Plan(page);
  await plan.answerAll();
  await app.settled();
  const contradictions = app.main.locator("section[aria-labelledby=contradictions]");
  await expect(contradictions).toContainText("一个孩子只办一项");
  await picture(page, "plan-3-contradiction");

  await contradictions.getByRole("link", { name: "改随心办" }).click();
  await page.getByRole("button", { name: /移除：.*非婚生育子女/ }).click();
  await expect(app.main.locator(".yc-saved__item")).toHaveCount(3);
  await app.main.getByRole("link", { name: /^开始/ }).click();
  await plan.answerAll();
  await app.settled();
  await expect(app.main).not.toContainText("一个孩子只办一项");
  await expect(plan.stages.first()).toContainText("出生登记");
  await picture(page, "plan-4-resolved");
});

test("with the keyboard only, from the life events to a plan", async ({ page, app }) => {
  await app.open("/bundles/YJ-001");
  const start = app.main.getByRole("link", { name: /^开始/ });
  await start.focus();
  await page.keyboard.press("Enter");
  const plan = new Plan(page);
  for (let questions = 0; questions < 40 && !plan.isThere(); questions += 1) {
    await page.locator(".yc-choice__input").first().waitFor();
    const address = page.url();
    await page.locator(".yc-choice__input").first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).not.toBe(address);
    await app.settled();
    // A screen reader hears where it is: the focus is on the new question or the plan.
    await expect(app.heading).toBeFocused();
  }
  expect(plan.isThere()).toBe(true);
  // The drawn timetable is for eyes; its twin is a table for everybody.
  await expect(page.locator("svg.yc-timetable")).toHaveAttribute("aria-hidden", "true");
  const twin = app.main.locator("section[aria-labelledby=timetable] summary");
  await twin.focus();
  await page.keyboard.press("Enter");
  await expect(app.main.locator("section[aria-labelledby=timetable] table")).toBeVisible();
  expect(await app.main.locator("section[aria-labelledby=timetable] tbody tr").count()).toBeGreaterThan(1);
});

test("a plan in English and in large print", async ({ page, app }) => {
  await app.prefer({ language: "en", print: "large" });
  await app.open("/bundles/YJ-001");
  await app.main.getByRole("link", { name: /^Start/ }).click();
  const plan = new Plan(page);
  await plan.answerAll();
  await app.settled();
  const text = await app.main.innerText();
  expect(text.match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([]);
  await app.expectNoSidewaysScroll();
  const small = await app.main
    .locator("p, li, dt, dd, td, a, button")
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.checkVisibility() && !element.closest(".yc-visually-hidden"))
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize))
        .filter((size) => size < 18),
    );
  expect(small).toEqual([]);
  await picture(page, "plan-5-english-large");
});

test("a plan opens from a link in another browser, with nothing about identity in it", async ({
  page,
  app,
  browser,
}) => {
  await app.open("/bundles/YJ-001");
  await app.main.getByRole("link", { name: /^开始/ }).click();
  const plan = new Plan(page);
  await plan.answerAll();
  const stages = await plan.stages.allTextContents();
  const address = page.url();
  expect(new URL(address).search.length).toBeLessThan(60);
  const other = await browser.newContext({ serviceWorkers: "block", locale: "zh-CN" });
  const copy = await other.newPage();
  await copy.goto(address);
  await new Plan(copy).stages.first().waitFor();
  expect(await new Plan(copy).stages.allTextContents()).toEqual(stages);
  await other.close();
});
