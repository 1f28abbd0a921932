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
  await expect(app.main.locator("svg.yc-map__canvas")).toBeVisible();
  await expect(app.main.locator(".yc-map-wire--lit").first()).toBeAttached();
  await picture(page, "map-spouse");

  const outline = app.main.getByRole("region", { name: "文字版" });
  await expect(outline).toBeVisible();
  await expect(outline.locator(".yc-outline__mine").first()).toContainText("您的选择");

  const pdf = await page.pdf({ preferCSSPageSize: true, format: "A4" });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length, "pages of A4").toBe(1);
});

test("the picture zooms by buttons, wheel and keys, moves by arrows and dragging, and fits again", async ({
  page,
  app,
}) => {
  await app.open("/services/HJ-017/map");
  const canvas = app.main.locator("svg.yc-map__canvas");
  const view = () => app.main.locator(".yc-map__view").getAttribute("transform");
  await app.main.getByRole("button", { name: "看全图" }).click();
  const whole = await view();
  const changes = async (act) => {
    const before = await view();
    await act();
    await expect.poll(view).not.toBe(before);
  };
  await changes(() => app.main.getByRole("button", { name: "放大" }).click());
  await canvas.focus();
  await changes(() => page.keyboard.press("+"));
  await changes(() => page.keyboard.press("ArrowRight"));
  await canvas.hover();
  await changes(() => page.mouse.wheel(0, -200));
  await changes(async () => {
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 180, box.y + 160, { steps: 4 });
    await page.mouse.up();
  });
  await expect(page).toHaveURL(/\/map$/);
  await page.keyboard.press("0");
  await expect.poll(view).toBe(whole);
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true });

  test("two fingers apart make the picture larger, together smaller", async ({ page, app }) => {
    await app.open("/services/HJ-017/map");
    const canvas = app.main.locator("svg.yc-map__canvas");
    await canvas.scrollIntoViewIfNeeded();
    const scale = async () =>
      Number(/scale\(([\d.]+)/.exec(await app.main.locator(".yc-map__view").getAttribute("transform"))?.[1]);
    const before = await scale();
    expect(before).toBeGreaterThan(0);
    const { x, y, width, height } = await canvas.boundingBox();
    const middle = { x: x + width / 2, y: y + height / 2 };
    const browser = await page.context().newCDPSession(page);
    const fingers = (apart) => [
      { id: 1, x: middle.x - apart, y: middle.y },
      { id: 2, x: middle.x + apart, y: middle.y },
    ];
    const pinch = async (from, to) => {
      await browser.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(from) });
      for (let step = 1; step <= 5; step += 1) {
        const touchPoints = fingers(from + ((to - from) * step) / 5);
        await browser.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
      }
      await browser.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await pinch(30, 90);
    await expect.poll(scale).toBeGreaterThan(before * 1.5);
    const large = await scale();
    await pinch(90, 30);
    await expect.poll(scale).toBeLessThan(large / 1.5);
  });
});
