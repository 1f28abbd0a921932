// A citizen makes a passkey, proves a fictional name, sees who looked at it, and leaves again.
import { test, expect, picture } from "../support/test.mjs";
import { givePasskeys } from "../support/authenticator.mjs";

/** Registers a passkey and waits for the page of what belongs to the person. */
async function register(page, app, name) {
  await app.open("/sign-in");
  await page.getByLabel("给这台设备起个名字").fill(name);
  await page.getByRole("button", { name: "建立通行密钥" }).click();
  await expect(app.heading).toHaveText("我的");
  await app.settled();
}

test("enrol, prove a name, look at the log, sign out and in again", async ({ page, app }) => {
  await givePasskeys(page);
  await register(page, app, "测试手机");
  await expect(page.locator(".yc-person")).toContainText("未实名");
  await app.expectNoSidewaysScroll();
  await picture(page, "identity-me");

  await test.step("the demonstration register proves a fictional resident", async () => {
    await page.getByRole("link", { name: "实名核验" }).click();
    await app.settled();
    await expect(page.locator("main")).toContainText("演示");
    const resident = page.locator(".yc-row .yc-button").first();
    await resident.click();
    await expect(page.getByLabel("公民身份号码")).toHaveValue(/^\d{17}[\dX]$/);
    await page.getByRole("button", { name: "核验", exact: true }).click();
    // Another run of this journey may have taken this resident's name already.
    const recover = page.getByLabel(/接管这个人/);
    await expect(page.getByText("完成实名核验").or(recover)).toBeVisible();
    if (await recover.isVisible()) {
      await page.getByText(/接管这个人/).click();
      await page.getByRole("button", { name: "核验", exact: true }).click();
    }
    await expect(page.getByText("完成实名核验")).toBeVisible();
    await picture(page, "identity-proved");
  });

  await test.step("the name is masked everywhere", async () => {
    await app.open("/me");
    await expect(page.locator(".yc-person")).toContainText("已实名");
    await expect(page.locator(".yc-person__number")).toContainText(/\*{6,}/);
  });

  await test.step("passkeys, sessions and the log", async () => {
    await page.getByRole("link", { name: "通行密钥" }).click();
    await app.settled();
    await expect(page.locator(".yc-rows__item")).toContainText("测试手机");
    await app.open("/me/sessions");
    await expect(page.locator(".yc-rows__item").first()).toContainText("就是这里");
    await app.open("/me/accesses");
    await expect(page.locator("main")).toContainText(/编号|还没有人看过/);
    await picture(page, "identity-accesses");
    await app.open("/me/data");
    await expect(page.getByRole("button", { name: "准备副本" })).toBeVisible();
  });

  await test.step("out, and in again without a name or a password", async () => {
    await app.open("/me");
    await page.getByRole("button", { name: "退出登录" }).click();
    await expect(page).toHaveURL(/\/$/);
    await app.open("/me");
    await page.locator("main").getByRole("link", { name: "登录" }).click();
    await app.settled();
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.locator(".yc-person")).toContainText("已实名");
  });
});

test("a page for others says what to do first", async ({ page, app }) => {
  await app.open("/me/passkeys");
  await expect(page.locator("main")).toContainText("这一页需要先登录");
  await expect(page.locator("main").getByRole("link", { name: "登录" })).toBeVisible();
});
