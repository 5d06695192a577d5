import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { findElectron } from '../../scripts/electron-path.mjs';

const executablePath = findElectron();

test('the desktop window opens on an example and runs it', async () => {
  test.skip(executablePath === undefined, "Electron's program file is not on this machine; the same editor was tested in the browser.");
  const userData = mkdtempSync(path.join(tmpdir(), 'espalier-desktop-'));
  const app = await _electron.launch({ executablePath: executablePath!, args: ['.', `--user-data-dir=${userData}`] });
  const page = await app.firstWindow();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('group', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.locator('dl[aria-label="Run"]').getByText('Loss')).toBeVisible({ timeout: 60_000 });
  await app.close();
});
