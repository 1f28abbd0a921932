// What every page has: the header's switches, the heading, the way around.
import { expect } from "@playwright/test";

export class Application {
  constructor(page) {
    this.page = page;
    this.heading = page.locator("h1");
    this.main = page.locator("main");
    this.search = page.getByRole("searchbox");
    this.results = page.locator("search .yc-service__name");
  }

  /** Opens an address and waits until its page is there and not merely on its way. */
  async open(path) {
    await this.page.goto(path);
    await this.settled();
  }

  async settled() {
    await expect(this.page.locator("#boot")).toHaveCount(0);
    await expect(this.heading).toHaveCount(1);
    await expect(this.page.locator("main .yc-skeleton")).toHaveCount(0);
  }

  /** Types a question as a person does and waits for its results. */
  async ask(question) {
    await this.search.fill("");
    await this.search.pressSequentially(question, { delay: 15 });
  }

  async speakEnglish() {
    await this.page.getByRole("button", { name: "EN", exact: true }).click();
    await expect(this.page.locator("html")).toHaveAttribute("lang", "en");
  }

  async printLarge() {
    await this.page.getByRole("button", { name: /大字|Large/ }).click();
    await expect(this.page.locator("html")).toHaveAttribute("data-print-size", "large");
  }

  /** Sets language, print and colours as an earlier visit on this device would have. */
  async prefer({ language, print, scheme }) {
    await this.page.addInitScript(
      ([language, print, scheme]) => {
        if (language) localStorage.setItem("yc-language", language);
        if (print) localStorage.setItem("yc-print-size", print);
        if (scheme) localStorage.setItem("yc-scheme", scheme);
      },
      [language, print, scheme],
    );
  }

  /** No page is wider than its window. */
  async expectNoSidewaysScroll() {
    const { wide, window } = await this.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
    }));
    expect(wide, `${this.page.url()} scrolls sideways`).toBeLessThanOrEqual(window);
  }
}
