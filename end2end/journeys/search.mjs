// People type as they speak, in letters, with slips, and things no police office does.
import { test, expect } from "../support/test.mjs";

for (const [question, name] of [
  ["baobao shang hukou", "出生登记"],
  ["csdj", "出生登记"],
  ["驾照到期了", "驾驶证"],
  ["車牌續期點搞", "驾驶证"],
  ["身份正丢了", "身份证"],
  ["HJ-017", "夫妻投靠"],
]) {
  test(`${question} finds ${name}`, async ({ app }) => {
    await app.open("/");
    await app.ask(question);
    await expect(app.results.first()).toContainText(name);
  });
}

test("a question that no service answers says so and offers ways on", async ({ page, app }) => {
  await app.open("/");
  await app.ask("红烧肉怎么做");
  await expect(app.main).toContainText("没有找到对应的事项");
  await expect(page.locator("search a[href^='/services']").first()).toBeVisible();
});

test("matched words are marked, arrow keys walk the results, Enter shows all", async ({ page, app }) => {
  await app.open("/");
  await app.ask("护照");
  await expect(app.results.first().locator("mark").first()).toHaveText(/护照/);
  await app.search.press("ArrowDown");
  await expect(app.results.first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.search).toBeFocused();
  await app.search.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=/);
  await expect(app.results.first()).toContainText("护照");
});

test("typing is never blocked: a keystroke is on screen within a tenth of a second", async ({ page, app }) => {
  await app.open("/");
  await app.ask("身份证");
  await app.results.first().waitFor();
  await page.evaluate(() => {
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === "keydown") window.slowest = Math.max(window.slowest, entry.duration);
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  await app.search.pressSequentially("丢了怎么补办", { delay: 80 });
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => window.slowest)).toBeLessThanOrEqual(104);
});
