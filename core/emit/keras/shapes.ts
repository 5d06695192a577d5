/** @file What is known of the values of a class wherever it is used: its code is written once. */
import type { Instance } from '../../check/instance.ts';
import { uniqueInstances } from '../../check/tree.ts';
import type { ClassId } from '../../document/schema.ts';
import type { Dim, TensorSpec } from '../../spec/index.ts';

/** By `node port`. A length that differs between uses is `varies`; a value whose number of axes does is left out. */
export type KnownShapes = ReadonlyMap<string, TensorSpec>;

export const VARIES = 'varies';

export function shapesByClass(root: Instance | undefined): ReadonlyMap<ClassId, KnownShapes> {
  const classes = new Map<ClassId, Map<string, TensorSpec | undefined>>();
  for (const { instance } of root ? uniqueInstances(root) : []) {
    const known = classes.get(instance.class.id) ?? new Map<string, TensorSpec | undefined>();
    classes.set(instance.class.id, known);
    for (const [node, { outputs }] of instance.nodes)
      for (const [port, spec] of Object.entries(outputs)) {
        const key = `${node} ${port}`;
        known.set(key, known.has(key) ? meet(known.get(key), spec) : spec);
      }
  }
  return new Map(
    [...classes].map(([id, known]) => [id, new Map([...known].filter((entry): entry is [string, TensorSpec] => entry[1] !== undefined))]),
  );
}

function meet(a: TensorSpec | undefined, b: TensorSpec | undefined): TensorSpec | undefined {
  if (!a || !b || a.shape.length !== b.shape.length || a.dtype !== b.dtype) return undefined;
  return { shape: a.shape.map((dim, i): Dim => (dim === b.shape[i] ? dim : VARIES)), dtype: a.dtype };
}
