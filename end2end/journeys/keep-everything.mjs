// A village without a network: everything is taken along beforehand.
import { test, expect } from "../support/test.mjs";
import { Guide } from "../pages/guide.mjs";

test.use({ serviceWorkers: "allow" });

test("kept on the device, services never opened before work without a network", async ({ page, app, context }) => {
  await app.open("/about");
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The first visit is not yet controlled by the worker; the next one is.
  await page.reload();
  await app.settled();
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
  await app.main.getByRole("button", { name: "把全部事项存到设备" }).click();
  await expect(app.main.getByRole("status").filter({ hasText: "已存好" })).toBeVisible({ timeout: 45_000 });

  await context.setOffline(true);
  await app.open("/services/CR-001");
  await expect(app.heading).toContainText("护照");
  await app.open("/services/JJ-031/guide");
  await new Guide(page).answerFirstChoices();
  await app.settled();
  await expect(app.heading).toHaveText("我的清单");
  await expect(app.main.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await app.open("/services/HJ-017/map");
  await expect(app.main.locator("svg").first()).toBeVisible();
  await app.open("/bundles/YJ-017");
  await expect(app.main.getByRole("link", { name: /^开始/ })).toBeVisible();
  await app.open("/services?department=traffic");
  await expect(app.main.locator(".yc-service__name").first()).toBeVisible();
});
