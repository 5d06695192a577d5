import { expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { addMember, newDocument } from '../../../core/document/index.ts';
import type { RunProblem } from '../../../core/run/index.ts';
import { listProblems } from './problem-list.ts';

const quiet = { buildProblem: null, problem: null, warnings: [] };
const sound = checkDocument(newDocument()).problems;
const unwired = checkDocument(addMember(newDocument(), 'c1', { type: 'Linear', at: { x: 0, y: 0 } }).document).problems;
const told: RunProblem = { code: 'build/failed', message: 'It cannot be built.', hint: 'Mend it.', path: ['linear'] };

it('is empty for a new document', () => {
  expect(listProblems(sound, quiet)).toEqual([]);
});

it('names the node of a problem that the check found', () => {
  const [first] = listProblems(unwired, quiet);
  expect(first).toMatchObject({ severity: 'error', source: 'model', place: { class: 'c1' } });
});

it('tells of a build that fails only where the check found nothing', () => {
  expect(listProblems(sound, { ...quiet, buildProblem: told })).toHaveLength(1);
  expect(listProblems(unwired, { ...quiet, buildProblem: told }).every((each) => each.source === 'model')).toBe(true);
});

it('tells of a fault once, though the run fails of it as the check said', () => {
  const [fault] = unwired;
  const problem: RunProblem = { ...told, code: fault!.code, message: fault!.message };
  expect(listProblems(unwired, { ...quiet, problem }).filter(({ source }) => source === 'run')).toEqual([]);
});

it('puts errors before warnings and tells each once', () => {
  const listed = listProblems(sound, {
    ...quiet,
    problem: told,
    warnings: [
      { ...told, code: 'w' },
      { ...told, code: 'w' },
    ],
  });
  expect(listed.map((each) => each.severity)).toEqual(['error', 'warning']);
});
