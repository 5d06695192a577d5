/** @file The editor as its user finds it: by role and name. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

export class Editor {
  readonly canvas: Locator;
  readonly inspector: Locator;
  readonly status: Locator;
  readonly undoButton: Locator;
  readonly redoButton: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByRole('region', { name: /^Canvas/ });
    this.inspector = page.getByRole('region', { name: 'Inspector' });
    this.status = page.getByRole('contentinfo', { name: 'Status' });
    this.undoButton = page.getByRole('button', { name: /^Undo/ });
    this.redoButton = page.getByRole('button', { name: /^Redo/ });
  }

  /** File access as browsers without pickers have it: upload and download, which a test can see. The page is loaded anew. */
  async withoutPickers(): Promise<void> {
    await this.page.addInitScript(() => {
      Object.assign(window, { showOpenFilePicker: undefined, showSaveFilePicker: undefined });
    });
    await this.page.reload();
    await this.ready('2,474'); // the example that it opens on
  }

  /** Opens a document from a file; unsaved changes of the one before are left. */
  async open(name: string, text: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.press('Control+o');
    const isUnsaved = await this.status.getByText('Unsaved changes').isVisible();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    if (isUnsaved) await this.page.getByRole('alertdialog').getByRole('button', { name: 'Don’t save' }).click();
    await expect(this.page).toHaveTitle(new RegExp(`^${name}`));
  }

  /** Saves the document, and gives what was written. */
  async save(): Promise<string> {
    const saved = this.page.waitForEvent('download');
    await this.press('Control+s');
    return readFile(await (await saved).path(), 'utf8');
  }

  /** Chooses a file of one's own as the data, with nothing selected on the canvas. */
  async loadTable(name: string, content: string | Buffer): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.inspector.getByRole('button', { name: /^Load a CSV file/ }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  }

  /** Sets a field of the inspector, as one types it. */
  async set(field: string, text: string): Promise<void> {
    await this.inspector.getByRole('textbox', { name: field, exact: true }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Trains so many steps from where it is, to the end. */
  async train(steps: number, button: 'Train' | 'Continue Training' = 'Train'): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Steps to train' });
    await field.fill(String(steps));
    await field.press('Enter');
    await this.page.getByRole('group', { name: 'Run' }).getByRole('button', { name: button, exact: true }).click();
    await expect(this.page.getByRole('progressbar', { name: 'Progress of training' })).toBeVisible();
    await this.idle();
  }

  /** Waits until the live module tree has arrived. */
  async ready(parameters: string): Promise<void> {
    await expect(this.status).toContainText(`${parameters} parameters`);
    await expect(this.page.getByRole('form', { name: 'Filter' }).getByRole('status')).toHaveText(/[1-9][\d,]* modules( match)?$/);
  }

  async idle(): Promise<void> {
    await expect(this.page.getByRole('status', { name: 'Run status' })).toHaveText('Ready', { timeout: 60_000 });
  }

  node(name: string): Locator {
    return this.canvas.getByRole('group', { name: new RegExp(`^${name},`) });
  }

  wire(name: string | RegExp): Locator {
    return this.canvas.getByRole('button', { name, exact: true });
  }

  lens(name: 'Data flow' | 'Structure'): Promise<void> {
    return this.page.getByRole('radiogroup', { name: 'Lens' }).getByText(name).click();
  }

  mode(name: 'Train' | 'Eval'): Promise<void> {
    return this.page.getByRole('radiogroup', { name: 'Mode of the model' }).getByText(name).click();
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  panel(name: string): Locator {
    return this.page.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
  }

  /** `within`: the menu in the menu. */
  async menu(menu: string, item: string | RegExp, within?: string): Promise<void> {
    await this.page.getByRole('button', { name: `${menu} menu` }).click();
    if (within !== undefined) await this.page.getByRole('menuitem', { name: within, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async openExample(title: string): Promise<void> {
    await this.menu('File', /^Open Example/);
    await this.page.getByRole('dialog').getByText(title, { exact: true }).click();
  }

  async run(): Promise<void> {
    await this.page.getByRole('group', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).click();
    await expect(this.page.locator('dl[aria-label="Run"]').getByText('Loss')).toBeVisible({ timeout: 60_000 });
    await this.idle();
  }

  /** A number that stands beside a name in the facts of a run or a training. */
  fact(group: 'Run' | 'Training', name: string): Locator {
    const row = this.page.locator(`dl[aria-label="${group}"] > div`).filter({ has: this.page.getByText(name, { exact: true }) });
    return row.getByRole('definition');
  }

  /** A statistic of what is selected, such as the mean of the gradient of `linear1`. */
  async statistic(of: string, name: string): Promise<number> {
    const table = this.page.getByRole('table', { name: `${of}: statistics` });
    const text = await table
      .getByRole('row', { name: new RegExp(`^${name} `) })
      .getByRole('cell')
      .innerText();
    return readNumber(text);
  }

  /** Presses a key with the focus on the canvas. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Drags a type from the palette to a place of the canvas, given from its top left corner. */
  async dragFromPalette(type: string, x: number, y: number): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Search layers and ops' }).fill(type);
    const option = this.page.getByRole('option', { name: new RegExp(`^${type}\\b`) }).first();
    await option.dragTo(this.canvas, { targetPosition: { x, y } });
    await this.page.getByRole('textbox', { name: 'Search layers and ops' }).fill('');
  }

  /** Draws a wire from an output to an input. */
  async connect(from: string, to: string, ports: { readonly output?: string; readonly input?: string } = {}): Promise<void> {
    const source = this.node(from)
      .locator(`.react-flow__handle.source${ports.output ? `[data-handleid="${ports.output}"]` : ''}`)
      .first();
    const target = this.node(to)
      .locator(`.react-flow__handle.target${ports.input ? `[data-handleid="${ports.input}"]` : ''}`)
      .first();
    await source.dragTo(target);
  }
}

/** A number as the editor writes it. */
export function readNumber(text: string): number {
  return Number(
    text
      .replaceAll('−', '-')
      .replaceAll(',', '')
      .replace(/[^\d.e+-]+$/, ''),
  );
}
