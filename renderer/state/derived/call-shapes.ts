/** @file What the calls of each Module give, by the path of the Module. */
import type { Check } from '../../../core/check/index.ts';
import type { Lengths, ModelDocument, Path } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { pathKey } from '../paths.ts';

export type ShapesOf = (path: Path) => readonly Lengths[];

const NONE: readonly Lengths[] = [];

/** Walks every use of every class once. An item of a list gives what the list gives, and the root what its outputs are. */
export function callShapes(document: ModelDocument, check: Check): ShapesOf {
  const shapes = new Map<string, Lengths[]>();
  for (const id of Object.keys(document.classes)) {
    for (const { path, instance } of check.instancesOf(id)) {
      const outputs = Object.values(instance.outputs).flatMap((spec) => (spec ? [spec.shape] : []));
      if (path.length === 0) shapes.set(pathKey([]), outputs);
      const graph = graphOf(instance.class);
      for (const node of Object.values(instance.class.nodes)) {
        const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
        if (!member) continue;
        const key = pathKey([...path, member.name]);
        const given = Object.values(instance.nodes.get(node.id)?.outputs ?? {}).flatMap((spec) => (spec ? [spec.shape] : []));
        shapes.set(key, [...(shapes.get(key) ?? []), ...given]);
      }
    }
  }
  return (path) => shapes.get(pathKey(typeof path.at(-1) === 'number' ? path.slice(0, -1) : path)) ?? NONE;
}
