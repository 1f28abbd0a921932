// Every page loads, says where one is, fits a small screen, and no service is far from home.
import { test, expect, picture } from "../support/test.mjs";
import { ROUTES, openRoute } from "../support/routes.mjs";

/** Pages that a journey to them should have named in the document's title. */
const isNamed = (title) => title.length > 0;

for (const name of Object.keys(ROUTES)) {
  test.describe(name, () => {
    test.use(
      name === "not-found" ? { expectedMessages: [/404/] } : {},
    );

    test(`${name} loads, has one heading and a title, and fits 360 px`, async ({ page, app }) => {
      await page.setViewportSize({ width: 360, height: 780 });
      await openRoute(name, page, app);
      await expect(app.heading).toBeVisible();
      expect(isNamed(await page.title())).toBe(true);
      await app.expectNoSidewaysScroll();
      await picture(page, `360-${name}`);
    });

    test(`${name} fits with text of twice the size`, async ({ page, app }) => {
      await page.setViewportSize({ width: 640, height: 900 });
      await page.addInitScript(() => {
        addEventListener("DOMContentLoaded", () => {
          document.documentElement.style.fontSize = "200%";
        });
      });
      await openRoute(name, page, app);
      await app.expectNoSidewaysScroll();
    });

    test(`${name} on a large screen, in English and dark`, async ({ page, app }) => {
      await page.setViewportSize({ width: 1080, height: 1920 });
      await app.prefer({ language: "en", scheme: "dark" });
      await openRoute(name, page, app);
      await app.expectNoSidewaysScroll();
      await picture(page, `1080-${name}`);
    });
  });
}

test("moving between pages moves the focus to the heading and changes the title", async ({ page, app }) => {
  await app.open("/");
  const titles = new Set([await page.title()]);
  for (const name of ["搜索", "全部事项", "一件事", "我的清单"]) {
    await page.getByRole("navigation").first().getByRole("link", { name, exact: true }).click();
    await app.settled();
    await expect(app.heading).toBeFocused();
    titles.add(await page.title());
  }
  expect(titles.size).toBe(5);
});

test("every service is within three touches of the home page", async ({ page, app }) => {
  test.setTimeout(120_000);
  // Touch 1: everything the home page leads to. Touch 2: what these lead to. A service linked
  // there is opened with the third.
  const linksOf = async (path) => {
    await app.open(path);
    return page
      .locator("main a[href^='/']")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  };
  const services = new Set();
  const note = (links) => {
    for (const link of links) {
      const match = link.match(/^\/services\/([A-Z]{2}-\d{3})$/);
      if (match) services.add(match[1]);
    }
  };
  const first = [...new Set(await linksOf("/"))];
  note(first);
  for (const path of first.filter((link) => link.startsWith("/services?") || link === "/services")) {
    note(await linksOf(path));
  }
  const catalogue = await (await page.request.get("/api/v1/services?limit=300")).json();
  const codes = catalogue.services.map((service) => service.code);
  expect(codes.length).toBe(262);
  expect(codes.filter((code) => !services.has(code))).toEqual([]);
});

test("every service's page, guide and map load", async ({ page, app }) => {
  test.setTimeout(600_000);
  const catalogue = await (await page.request.get("/api/v1/services?limit=300")).json();
  const codes = catalogue.services.map((service) => service.code);
  // Moves within the application, as a person's would be: no reload between.
  await app.open("/services");
  for (const code of codes) {
    await page.evaluate((path) => {
      const link = document.createElement("a");
      link.href = path;
      document.body.append(link);
      link.click();
      link.remove();
    }, `/services/${code}`);
    await expect(page.locator("main")).toContainText(code);
    await expect(page.locator("main [role=alert]")).toHaveCount(0);
  }
});
