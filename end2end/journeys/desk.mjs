// The hotel's desk by itself: what is typed, pasted or scanned by a scanner that types, with keys made
// up by an example of crates/credential-browser. `cargo xtask bench scan` has the camera.
import { test, expect, picture } from "../support/test.mjs";
import { guestsOf, setUpDesk } from "../support/guests.mjs";

const program = process.env.YICHUANG_GUESTS;
test.skip(!program, "needs the guests; cargo xtask test names them");

/** A desk that has its kit and shows its counter's code. */
async function openDesk(page, baseURL, count) {
  await page.goto("/desk");
  await page.waitForFunction(() => globalThis.ycIdentity);
  const guests = guestsOf(program, baseURL, await page.evaluate(() => globalThis.ycIdentity.deskKey()), count);
  await setUpDesk(page, guests);
  await page.goto("/desk");
  await expect(page.locator(".yc-desk__code svg")).toBeVisible();
  return guests;
}

const verdict = (page) => page.locator(".yc-verdict");

test.describe("typed and pasted", () => {
  // Nobody is signed in at this desk: its lists are the kit's.
  test.use({ expectedMessages: [/40[0-9]|404|503/] });

  test("each guest gets one colour, one reason and what to do", async ({ page, app, baseURL }) => {
    const [first, second] = (await openDesk(page, baseURL, 2)).forms;
    const check = async (text) => {
      await page.getByLabel("或粘贴、输入内容").fill(text);
      await page.getByRole("button", { name: "核验", exact: true }).click();
    };

    await check(first.text);
    await expect(verdict(page)).toHaveAttribute("data-reason", "valid");
    await expect(verdict(page)).toContainText("可以入住");
    await expect(verdict(page)).toContainText("欧阳样例");
    await expect(verdict(page)).toContainText("4403**********");
    await app.expectNoSidewaysScroll();
    await picture(page, "desk-green");
    await page.getByRole("button", { name: "登记入住，下一位" }).click();
    await expect(page.locator(".yc-desk__standing")).toContainText("1 条登记待上传");

    await test.step("the same form again is a replay, even after a reload", async () => {
      await page.reload();
      await expect(page.locator(".yc-desk__code svg")).toBeVisible();
      await expect(page.locator(".yc-desk__standing")).toContainText("1 条登记待上传");
      await check(first.text);
      await expect(verdict(page)).toHaveAttribute("data-reason", "replayed");
      await expect(verdict(page)).not.toContainText("欧阳样例");
      await page.getByRole("button", { name: "下一位", exact: true }).click();
    });

    await test.step("damaged, cut off, something else", async () => {
      const altered = second.text.slice(0, 100) + (second.text[100] === "A" ? "B" : "A") + second.text.slice(101);
      for (const [text, reasons] of [
        [second.text.slice(0, 300), /^(truncated|damaged|not-canonical)$/],
        [altered, /^(bad-signature|damaged|not-canonical|bad-unlock|bad-presentation)$/],
        ["https://example.org/", /^not-a-credential$/],
      ]) {
        await check(text);
        await expect(verdict(page)).toHaveAttribute("data-reason", reasons);
        await expect(verdict(page)).toContainText("不能入住");
        await page.getByRole("button", { name: "下一位", exact: true }).click();
      }
    });

    await test.step("a scanner that types needs no field", async () => {
      await page.locator("h1").click();
      await page.keyboard.type(second.text);
      await page.keyboard.press("Enter");
      await expect(verdict(page)).toHaveAttribute("data-reason", "valid");
    });

    await test.step("in English too", async () => {
      await app.speakEnglish();
      await expect(verdict(page)).toContainText("The credential is valid");
    });
  });
});
