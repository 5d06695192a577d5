/** @file The normalisations of a pass that take statistics of what came in, with how many numbers go into each. */
import type { Member } from '../../document/schema.ts';
import type { Seen, SeenPass, SeenWire } from '../seen.ts';

export interface SeenNorm {
  /** What it gave. */
  readonly wire: SeenWire;
  readonly input: SeenWire;
  readonly layer: Member;
  /** How many numbers go into one mean. */
  readonly over: number;
  /** How many of these come from one row. */
  readonly perRow: number;
  /** Rows are taken together. */
  readonly isOverBatch: boolean;
  /** The axes over which the mean is taken. */
  readonly axes: readonly number[];
  /** Into so many parts the last axis is cut. */
  readonly groups: number;
  /** The mean is subtracted. */
  readonly usesMean: boolean;
  readonly usesFastVariance: boolean;
  readonly epsilon: number;
}

const TYPES = new Set(['BatchNorm', 'LayerNorm', 'RMSNorm', 'GroupNorm', 'InstanceNorm']);

/** Without BatchNorms that use their stored statistics. */
export function normsOf({ places }: Seen, { wires, flow, modules }: SeenPass): readonly SeenNorm[] {
  const inEvaluation = new Set(
    modules
      .filter(({ attributes }) => attributes.some(({ name, value }) => name === 'useRunningAverage' && value === true))
      .map(({ path }) => JSON.stringify(path)),
  );
  return wires.flatMap((wire, i): SeenNorm[] => {
    const layer = places.member(wire);
    const node = places.node(wire);
    const [source] = flow.sources(i);
    if (!layer || !TYPES.has(layer.type) || source === undefined || node?.kind !== 'call' || node.bypass) return [];
    const used = places.instance(wire.instance);
    const result = used?.members.get(layer.id);
    if (!result || inEvaluation.has(JSON.stringify([...wire.instance, layer.name]))) return [];
    if (result.repeat !== null) return [];
    const input = wires[source]!;
    const { shape } = input.value;
    const args = result.args as Readonly<Record<string, unknown>>;
    const { axes, groups } = reduced(layer.type, shape, args);
    const over = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1) / groups;
    const isOverBatch = axes.includes(0);
    return [
      {
        wire,
        input,
        layer,
        over,
        perRow: isOverBatch ? over / (shape[0] ?? 1) : over,
        isOverBatch,
        axes,
        groups,
        usesMean: layer.type !== 'RMSNorm',
        usesFastVariance: args['useFastVariance'] !== false && layer.type !== 'RMSNorm',
        epsilon: typeof args['epsilon'] === 'number' ? args['epsilon'] : 1e-6,
      },
    ];
  });
}

function reduced(type: string, shape: readonly number[], args: Readonly<Record<string, unknown>>) {
  const all = shape.map((_, axis) => axis);
  const last = shape.length - 1;
  const counted = (axis: number): number => (axis < 0 ? axis + shape.length : axis);
  if (type === 'BatchNorm') {
    const feature = counted(typeof args['axis'] === 'number' ? args['axis'] : -1);
    return { axes: all.filter((axis) => axis !== feature), groups: 1 };
  }
  if (type === 'InstanceNorm') return { axes: all.slice(1, -1), groups: 1 };
  if (type === 'GroupNorm') return { axes: all.slice(1), groups: groupsOf(args, shape[last] ?? 1) };
  const { reductionAxes } = args;
  const axes = Array.isArray(reductionAxes) ? (reductionAxes as number[]) : typeof reductionAxes === 'number' ? [reductionAxes] : [-1];
  return { axes: axes.map(counted), groups: 1 };
}

function groupsOf(args: Readonly<Record<string, unknown>>, features: number): number {
  const { numGroups, groupSize } = args;
  if (typeof groupSize === 'number') return features / groupSize;
  return typeof numGroups === 'number' ? numGroups : 1;
}
