/** @file Parses the Flax code of documents whose texts try to become code, with Python's own parser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadEntry, runPython } from './python.mjs';

const COUNT = 2000;
const SEED = 20261126;

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function parseEmittedHostile(root, python) {
  const { emitHostile, MARKER } = await loadEntry(root, 'emit-hostile');
  const folder = path.join(root, 'out/flax/hostile');
  mkdirSync(folder, { recursive: true });
  /** @type {string[]} */
  const sources = emitHostile(COUNT, SEED);
  const ran = runPython(root, python, { marker: MARKER, sources }, 'parse_emitted.py');
  if ('fault' in ran) return [{ name: 'core/fixtures/parse_emitted.py', found: ran.fault }];
  const found = ran.results.flatMap((fault, i) => {
    if (fault === null) return [];
    writeFileSync(path.join(folder, `model_${i}.py`), sources[i] ?? '');
    return [`out/flax/hostile/model_${i}.py: ${fault}`];
  });
  return [{ name: `the code of ${COUNT} documents with hostile texts`, found }];
}
