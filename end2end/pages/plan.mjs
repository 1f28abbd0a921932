// The questions of a bundle or a basket, one a page, until the plan is there.
import { expect } from "@playwright/test";

export class Plan {
  constructor(page) {
    this.page = page;
    this.question = page.locator("h1");
    this.choices = page.locator("main .yc-choice__label");
    this.goOn = page.locator("main form button[type=submit]");
    this.stages = page.locator(".yc-plan__stage");
    this.papers = page.locator("section[aria-labelledby=materials] .yc-bundle__paper");
  }

  isThere() {
    return new URL(this.page.url()).pathname.endsWith("/plan");
  }

  /** Gives the answer of this number and waits for what comes then. */
  async answer(number) {
    const before = this.page.url();
    await this.choices.nth(number).click();
    await this.goOn.click();
    await expect.poll(() => this.page.url()).not.toBe(before);
  }

  /**
   * Answers every question: with the choice that `choose` picks by the question's words, else with
   * the first. Gives the questions asked.
   */
  async answerAll(choose = () => 0) {
    const asked = [];
    await expect.poll(async () => this.isThere() || (await this.choices.count()) > 0).toBe(true);
    while (!this.isThere()) {
      expect(asked.length, "the questions come to an end").toBeLessThan(40);
      await this.choices.first().waitFor();
      const question = await this.question.textContent();
      expect(asked, "nothing is asked twice").not.toContain(question);
      asked.push(question);
      await this.answer(choose(question));
      await expect.poll(async () => this.isThere() || (await this.question.textContent()) !== question).toBe(true);
    }
    await this.stages.first().waitFor();
    return asked;
  }
}
