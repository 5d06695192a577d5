/** @file Verifies code in Python by the test of its own project: whatever Python is found here that has the packages. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmittedFile } from '../../core/emit/index.ts';
import type { Io } from '../io.ts';
import { writeAll } from '../write-files.ts';
import type { Ran } from './verified.ts';

/** The longest that a library may take to start and run a model. */
const LONGEST_MS = 300_000;

export async function verifyPython(files: readonly EmittedFile[], module: string, requirements: readonly string[], io: Io): Promise<Ran> {
  const packages = requirements.map((each) => each.replace(/[=<>[].*$/, ''));
  const found = findPython(packages, io);
  if ('reason' in found) return { ok: false, isMissing: true, reason: found.reason };
  const folder = await mkdtemp(path.join(tmpdir(), 'espalier-verify-'));
  try {
    await writeAll(files, folder);
    const script = `import json, test_${module}; print(json.dumps([str(each) for each in test_${module}.differences()]))`;
    const { status, stdout, stderr, error } = spawnSync(found.python, ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      timeout: LONGEST_MS,
      env: { ...process.env, JAX_PLATFORMS: 'cpu', CUDA_VISIBLE_DEVICES: '', KERAS_BACKEND: 'jax' },
    });
    if (status !== 0) return { ok: false, isMissing: false, reason: error?.message ?? stderr.trim().split('\n').slice(-3).join(' ') };
    const numbers = JSON.parse(stdout.trim().split('\n').at(-1)!) as readonly string[];
    return { ok: true, versions: found.versions, differences: numbers.map((text) => (/inf|nan/.test(text) ? Infinity : Number(text))) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Found = { readonly python: string; readonly versions: Readonly<Record<string, string>> } | { readonly reason: string };

/** The first Python that has all packages. */
function findPython(packages: readonly string[], { shipped }: Io): Found {
  const own = path.join(shipped, '../../core/fixtures/.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const script = `import importlib.metadata as m, json; print(json.dumps({name: m.version(name) for name in ${JSON.stringify(packages)}}))`;
  const failures: string[] = [];
  for (const python of [process.env['PYTHON'], own, 'python3', 'python']) {
    if (python === undefined || python === '') continue;
    const { status, stdout, stderr } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    if (status === 0) return { python, versions: JSON.parse(stdout) as Record<string, string> };
    if (stderr) failures.push(stderr.trim().split('\n').at(-1)!);
  }
  if (failures.length === 0) return { reason: 'No Python was found here. Install Python 3.11 or newer, or set PYTHON to its path.' };
  return { reason: `No Python here has all of ${packages.join(', ')} (${failures[0]}). Install them, or set PYTHON to one that has.` };
}
