import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import irisCsv from '../../assets/data/iris.csv?raw';
import { checkDocument } from '../check/index.ts';
import { annotationsOf } from '../document/edits/annotations.ts';
import { parseDocument } from '../document/parse.ts';
import { writeDocument } from '../document/write.ts';
import { emitDocument } from '../emit/index.ts';
import type { BackendName } from '../run/protocol.ts';
import { tf } from '../tensor/tf.ts';
import { startInProcess } from './in-process.ts';
import { template, TEMPLATES } from './templates.ts';

const assets = { 'digits.csv': digitsCsv, 'iris.csv': irisCsv };

/** What a node takes at most, with a row of ports and one of modes. */
const NODE = { width: 184, height: 72 };
const cross = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe.each(TEMPLATES)('the template $name', ({ name, text }) => {
  it('opens without a problem, is saved as it stands, and lets every shape be inferred', () => {
    const result = parseDocument(text);
    if (!result.ok) throw new Error(result.refusals[0]!.message);
    expect(result.problems).toEqual([]);
    expect(writeDocument(result.document)).toBe(text);
    const check = checkDocument(result.document, { files: assets });
    expect(check.problems).toEqual([]);
    for (const { id, nodes } of Object.values(result.document.classes))
      for (const node of Object.values(nodes)) {
        const known = check.instanceAt(id)?.nodes.get(node.id);
        if (node.kind !== 'output') expect(Object.values(known?.outputs ?? {}).filter(Boolean), `${id}.${node.id}`).not.toEqual([]);
      }
  });

  it('is explained on the canvas of its root, with notes over no node and no other note', () => {
    const { classes, root } = template(name);
    const notes = Object.values(classes).map((each) => annotationsOf(each).filter(({ kind }) => kind === 'note'));
    expect(annotationsOf(classes[root.class]!).length).toBeGreaterThan(0);
    for (const [i, { nodes, layout }] of Object.values(classes).entries()) {
      const boxes: readonly Box[] = [...Object.keys(nodes).map((id) => ({ ...layout[id]!, ...NODE })), ...notes[i]!];
      for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) expect(cross(a, b), JSON.stringify([a, b])).toBe(false);
    }
    expect(classes[root.class]!.doc).toMatch(/\.$/);
  });

  it('runs forward and backward on its example data with finite numbers, and is emitted', async () => {
    const shipped = template(name);
    // A few rows tell as much as many.
    const document = { ...shipped, run: { ...shipped.run, batchSize: Math.min(2, shipped.run.batchSize) } };
    const worker = startInProcess(tf.getBackend() as BackendName);
    const request = worker.send({ kind: 'run', document, assets });
    const answer = await request;
    if (answer.kind !== 'ran') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
    expect(answer.result.loss).toSatisfy(Number.isFinite);
    const params = answer.result.variables.filter(({ type }) => type === 'Param');
    const members = Object.values(document.classes).flatMap((each) => each.members);
    expect(params.length > 0).toBe(members.length > 0);
    for (const { path, gradientKey } of params) {
      const { tensor } = await worker.expect('tensor', { kind: 'tensor', run: request.id, key: gradientKey! });
      expect(tensor.data.every(Number.isFinite), path.join('.')).toBe(true);
    }
    expect(worker.said('warned', request.id)).toEqual([]);
    expect(emitDocument(document, 'flax')).toMatchObject({ ok: true });
  }, 120_000); // A ResNet on the CPU, or its programs compiled in software, beside other tests.
});
