/** @file Designing as it is counted: one click, drag, key command or typed field is one action, and every one goes through here. */
import type { Locator } from '@playwright/test';
import type { Editor } from './editor.ts';

export class Counted {
  actions = 0;

  constructor(private readonly editor: Editor) {}

  async press(keys: string): Promise<void> {
    this.actions++;
    await this.editor.page.keyboard.press(keys);
  }

  /** Into the field that has the keyboard. */
  async type(text: string): Promise<void> {
    this.actions++;
    await this.editor.page.keyboard.type(text);
  }

  async click(target: Locator, modifiers: readonly 'Shift'[] = []): Promise<void> {
    this.actions++;
    await target.click({ modifiers: [...modifiers] });
  }

  /** A choice from a list: opening it, and what is chosen. */
  async choose(list: Locator, option: string): Promise<void> {
    this.actions += 2;
    await list.selectOption(option);
  }

  /** Lines of quick-add, each typed and entered. */
  async lines(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      await this.type(line);
      await this.press('Enter');
    }
  }

  /** A command by some letters of its name. */
  async command(letters: string): Promise<void> {
    await this.press('Control+k');
    await this.type(letters);
    await this.press('Enter');
  }
}
