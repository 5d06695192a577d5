/** @file What is said about a document before it is built, against what it does: over random models. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDocument } from '../check/check-document.ts';
import { planModules } from '../check/tree.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { dispose } from '../nnx/dispose.ts';
import { iterModules } from '../nnx/module.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { tf } from '../tensor/tf.ts';
import { classIdOf } from '../document/find.ts';
import { validDocument, withSettings } from '../test/valid-documents.ts';
import { buildModel } from './build-model.ts';

const ROWS = 3;
const RUNS = { seed: 7, numRuns: 30 };

it('finds no error in a model that edits have made, and knows the shape of every value that then flows', () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const check = checkDocument(document);
      expect(check.problems.filter((each) => each.severity === 'error')).toEqual([]);
      const before = tf.memory().numTensors;
      const { model, inputs, observing } = buildModel(document);
      const feeds = inputs.map((input) =>
        tf.ones(
          (check.shapeOf('c1', input.id, 'out')!.shape as (number | string)[]).map((dim) => (dim === 'batch' ? ROWS : (dim as number))),
        ),
      );
      const seen: string[] = [];
      const expected: string[] = [];
      const result = observing(
        ({ instance, node, port, call }, value) => {
          if (call === 0) {
            const member = document.classes['c1']!.members.find(({ name }) => name === instance[0]);
            const classId = member ? classIdOf(member.type)! : 'c1';
            const spec = check.shapeOf(classId, node, port, instance)!;
            expected.push(`${instance.join('.')} ${node} ${spec.dtype} ${spec.shape.map((dim) => (dim === 'batch' ? ROWS : dim)).join()}`);
            seen.push(`${instance.join('.')} ${node} ${value.dtype} ${value.shape.join()}`);
          }
          return value;
        },
        () => model.call(...feeds),
      );
      expect(seen).toEqual(expected);
      dispose([result, feeds, model]);
      expect(tf.memory().numTensors).toBe(before);
    }),
    RUNS,
  );
});

it('plans the tree that iterModules yields', () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const { model } = buildModel(document);
      const aliases = new Set(
        document.classes['c1']!.members.filter((member) => member.aliasOf !== undefined).map((member) => member.name),
      );
      const live = [...iterModules(model)].map(([path, module]) => `${path.join('.')} ${typeNameOf(module)}`);
      const planned = planModules(checkDocument(document).root!).map(({ path, type }) => `${path.join('.')} ${type}`);
      // A shared Module is planned where it is made, and yielded under its first path.
      const counted = (rows: readonly string[]) =>
        rows.filter((row) => aliases.size === 0 || (!row.includes('linear') && !row.includes('tied'))).sort();
      expect(counted(live)).toEqual(counted(planned));
      expect(live).toHaveLength(planned.length);
      dispose(model);
    }),
    RUNS,
  );
});

it('has code for every model', () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const result = emitDocument(withSettings(document), 'flax');
      if (!result.ok) throw new Error(result.problem.message);
      expect(result.code).not.toMatch(/undefined|\[object|NaN|_ = _/);
    }),
    RUNS,
  );
});
