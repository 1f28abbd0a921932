// What breaks, breaks small: a missing chunk, a missing pack, a panic.
import { test, expect, picture } from "../support/test.mjs";

test.describe("a chunk that does not come", () => {
  test.use({ expectedMessages: [/Failed to (fetch|load)|ERR_FAILED/] });

  test("shows a retry, leaves the rest alive, and comes at the second try", async ({ page, app }) => {
    await app.open("/");
    await page.route("**/split_service-*.wasm", (route) => route.abort());
    await app.ask("宝宝上户口");
    await app.results.first().click();
    const alert = app.main.getByRole("alert");
    await expect(alert).toBeVisible();
    await picture(page, "breakage-chunk");

    // The rest lives: another page, and back.
    await page.locator("header a[href='/services']").click();
    await app.settled();
    await expect(app.heading).toBeFocused();
    await page.goBack();
    await expect(alert).toBeVisible();

    await page.unroute("**/split_service-*.wasm");
    await alert.getByRole("button").click();
    await expect(app.heading).toContainText("出生登记");
  });
});

test.describe("a pack that does not come", () => {
  test.use({ expectedMessages: [/Failed to load|ERR_FAILED|503/] });

  test("shows a retry, and comes at the second try", async ({ page, app }) => {
    await page.route("**/services/HJ-001.pack", (route) => route.fulfill({ status: 503 }));
    await page.goto("/services/HJ-001");
    const alert = app.main.getByRole("alert");
    await expect(alert).toBeVisible();
    await picture(page, "breakage-pack");
    await page.unroute("**/services/HJ-001.pack");
    await alert.getByRole("button").click();
    await expect(app.heading).toContainText("出生登记");
  });
});

test.describe("a panic", () => {
  test.use({ expectedMessages: [/unreachable/] });

  test("shows a page that reloads, keeps what lies on the device, and reports no address", async ({ page, app }) => {
    await app.open("/services/HJ-001/guide?a=");
    await page.evaluate(() => localStorage.setItem("yc-kept-by-test", "draft"));
    const sent = page.waitForRequest("**/api/v1/client-reports");
    // What a panic is for the page: a trap of the module that nobody catches.
    await page.evaluate(() => {
      const trap = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(trap));
      setTimeout(() => exports.t());
    });
    const failure = page.locator("#failure");
    await expect(failure).toBeVisible();
    await expect(failure.locator("h1")).toBeFocused();
    await picture(page, "breakage-panic");
    const request = await sent;
    const body = request.postDataJSON();
    expect(body.kind).toBe("panic");
    expect(body.route).toBe("/services/:code/guide");
    expect(body.place).toMatch(/^RuntimeError < function \d+ 0x/);
    expect(body.release).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.stringify(body)).not.toContain("HJ-001");
    expect((await request.response()).status()).toBeLessThan(300);

    await failure.getByRole("button").click();
    await app.settled();
    expect(await page.evaluate(() => localStorage.getItem("yc-kept-by-test"))).toBe("draft");
  });
});
