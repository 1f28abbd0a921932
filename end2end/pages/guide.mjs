// The guided questions: one question a page, until the checklist is there.
import { expect } from "@playwright/test";

export class Guide {
  constructor(page) {
    this.page = page;
    this.question = page.locator("h1");
    this.choices = page.locator("main .yc-choice__label");
    this.goOn = page.locator("main form button[type=submit]");
  }

  /** Answers with the choice of this number, or of these words. */
  async answer(choice) {
    const before = await this.question.textContent();
    const label =
      typeof choice === "number" ? this.choices.nth(choice) : this.choices.filter({ hasText: choice }).first();
    await label.click();
    await this.goOn.click();
    await expect
      .poll(async () => this.isAtChecklist() || (await this.question.textContent()) !== before)
      .toBe(true);
  }

  isAtChecklist() {
    return new URL(this.page.url()).pathname.endsWith("/checklist");
  }

  /** Answers every question with the first choice; no guide has more than nine. */
  async answerFirstChoices() {
    let questions = 0;
    while (!this.isAtChecklist()) {
      expect(questions, "a guide asks at most nine questions").toBeLessThan(9);
      await this.choices.first().waitFor();
      await this.answer(0);
      questions += 1;
    }
    return questions;
  }
}
