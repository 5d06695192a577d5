/** @file What comes into a member in all of its calls, in all uses of the class: it is constructed once. */
import type { MemberId } from '../../document/schema.ts';
import type { CallStep, Program } from '../../program/compile-graph.ts';
import type { TensorSpec } from '../../spec/index.ts';
import { TorchRefusal } from './context.ts';
import type { TorchFile } from './file.ts';

/** By port; lengths that differ have a name. @throws TorchRefusal where the numbers of axes differ. */
export function specsInto(file: TorchFile, { steps, modelClass }: Program, id: MemberId): Readonly<Record<string, TensorSpec | undefined>> {
  const sources = new Map(
    steps.flatMap(({ node, outputs }) => outputs.map(({ index, port }) => [index, { node: node.id, port }] as const)),
  );
  const specs: Record<string, TensorSpec | undefined> = {};
  for (const step of steps.filter((each): each is CallStep => each.kind === 'call' && each.memberId === id)) {
    for (const { port, index } of step.inputs) {
      const { node, port: from } = sources.get(index)!;
      const spec = file.uses.specOf(modelClass.id, node, from);
      const known = specs[port];
      if (!(port in specs)) specs[port] = spec;
      else if (!spec || known?.shape.length !== spec.shape.length)
        throw new TorchRefusal('It is called with different numbers of axes, for which PyTorch has different layers.');
      else specs[port] = { ...known, shape: known.shape.map((dim, axis) => (dim === spec.shape[axis] ? dim : 'length')) };
    }
  }
  return specs;
}
