import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, makeAppProtocol } from './app-protocol.ts';

const outside = mkdtempSync(path.join(tmpdir(), 'espalier-app-'));
const root = path.join(outside, 'renderer');
mkdirSync(path.join(root, 'data'), { recursive: true });
writeFileSync(path.join(outside, 'secret.txt'), 'secret');
writeFileSync(path.join(root, 'index.html'), '<p>editor');
writeFileSync(path.join(root, 'data', 'a b.csv'), '1,2');
symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'link.txt'));
const answer = makeAppProtocol(root);
const get = (url: string, method = 'GET') => answer(new Request(url, { method }));

it('serves files of the root with their type and the security policy', async () => {
  const page = await get('app://espalier/');
  expect(await page.text()).toBe('<p>editor');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(await (await get('app://espalier/data/a%20b.csv')).text()).toBe('1,2');
});

it('refuses other hosts, other methods, links that lead outside and missing files', async () => {
  expect((await get('app://other/index.html')).status).toBe(403);
  expect((await get('app://espalier/index.html', 'POST')).status).toBe(405);
  expect((await get('app://espalier/link.txt')).status).toBe(403);
  expect((await get('app://espalier/missing.js')).status).toBe(404);
});

it('never serves what lies outside the root, however the path is written', async () => {
  const part = fc.constantFrom('..', '%2e%2e', '%2E.', '.', 'data', 'secret.txt', '%00', '%', '..%2f', '..%5c', '/', '');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const response = await get(`app://espalier/${parts.join('/')}`);
      expect(await response.text()).not.toContain('secret');
    }),
    { seed: 7, numRuns: 200 },
  );
});

it('allows no inline script, no eval and nothing remote', () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/'unsafe-eval'|https?:|\*/);
});
