/** @file Two runs place by place, the largest differences first. Pure. */
import type { NodeId, Path } from '../../../core/document/index.ts';
import type { Difference, RunResult, ValueKey } from '../../../core/run/index.ts';
import { sizeRatio } from '../../overlays/size-ratio.ts';

export interface CompareRow {
  readonly key: ValueKey;
  readonly kind: 'value' | 'inside' | 'parameter';
  readonly instance: Path;
  /** Null: the Module at the path. */
  readonly node: NodeId | null;
  /** What of it: a Variable, `attentionWeights`, a call. */
  readonly what: string;
  /** Of the run that is looked at against the other, log₂; null where one has none. */
  readonly valueRatio: number | null;
  readonly gradientRatio: number | null;
  /** ‖now − before‖ / ‖before‖; null where it is not known. */
  readonly valueChange: number | null;
  readonly gradientChange: number | null;
  /** Which run alone has the place. */
  readonly only: 'now' | 'before' | null;
}

type Found = Pick<CompareRow, 'key' | 'kind' | 'instance' | 'node' | 'what'> &
  Pick<RunResult['wires'][number], 'value' | 'gradient' | 'gradientKey'>;

function placesOf({ wires, insides, variables }: RunResult): readonly Found[] {
  const callOf = (call: number): string => (call === 0 ? '' : `call ${call + 1}`);
  const shown = new Set(wires.map(({ valueKey }) => valueKey));
  return [
    ...wires.map((wire): Found => ({ ...wire, key: wire.valueKey, kind: 'value', what: callOf(wire.call) })),
    ...insides
      .filter(({ valueKey }) => !shown.has(valueKey))
      .map((inside): Found => {
        const what = [inside.name === 'output' ? '' : inside.name, callOf(inside.call)].filter(Boolean).join(', ');
        return { ...inside, key: inside.valueKey, kind: 'inside', instance: inside.module, node: null, what };
      }),
    ...variables
      .filter(({ type }) => !type.startsWith('Rng'))
      .map((variable): Found => {
        const { path, name } = variable;
        return { ...variable, key: variable.valueKey, kind: 'parameter', instance: path.slice(0, -1), node: null, what: name };
      }),
  ];
}

/** By how much the numbers changed; `gradient` by their gradients. What one run alone has comes first. */
export function compareRows(
  now: RunResult,
  before: RunResult,
  differences: ReadonlyMap<ValueKey, Difference> | null,
  by: 'value' | 'gradient',
): readonly CompareRow[] {
  const [here, there] = [placesOf(now), new Map(placesOf(before).map((place) => [place.key, place]))];
  const changeOf = (key: ValueKey | null): number | null => (key === null ? null : (differences?.get(key)?.relative ?? null));
  const rows = here.map((place): CompareRow => {
    const other = there.get(place.key);
    there.delete(place.key);
    return {
      ...place,
      valueRatio: other ? sizeRatio(place.value, other.value) : null,
      gradientRatio: other ? sizeRatio(place.gradient, other.gradient) : null,
      valueChange: changeOf(place.key),
      gradientChange: changeOf(place.gradientKey),
      only: other ? null : 'now',
    };
  });
  const gone = [...there.values()].map((place): CompareRow => ({
    ...place,
    valueRatio: null,
    gradientRatio: null,
    valueChange: null,
    gradientChange: null,
    only: 'before',
  }));
  return [...gone, ...rows]
    .map((row) => [row, weightOf(row, by)] as const)
    .sort((a, b) => compare(b[1], a[1]))
    .map(([row]) => row);
}

/** How far up a row stands. NaN is above every number, and what one run alone has above that. */
function weightOf(row: CompareRow, by: 'value' | 'gradient'): number {
  if (row.only) return NaN;
  const [change, ratio] = by === 'value' ? [row.valueChange, row.valueRatio] : [row.gradientChange, row.gradientRatio];
  const weight = change ?? Math.abs(ratio ?? 0);
  return Number.isNaN(weight) ? Infinity : weight;
}

function compare(a: number, b: number): number {
  const [first, second] = [a, b].map((x) => (Number.isNaN(x) ? 2 : Number.isFinite(x) ? 0 : 1)) as [number, number];
  return first === second ? (first === 0 ? a - b : 0) : first - second;
}
