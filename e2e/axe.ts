/** @file Rules of accessibility, asked of the page as it stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  configure(spec: { checks: { id: string; options: { regionMatcher: string } }[] }): void;
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/**
 * A tooltip is no content that one goes to: it is read with the control that it describes. The rest is as it comes: axe counts these as regions
 * of their own.
 */
const REGIONS = 'dialog, [role=dialog], [role=alertdialog], svg, [role=tooltip]';

/** Each violation with the elements that it was found in. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (regionMatcher) => {
    const { axe: run } = window as unknown as { axe: Axe };
    run.configure({ checks: [{ id: 'region', options: { regionMatcher } }] });
    return (await run.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  }, REGIONS);
}
