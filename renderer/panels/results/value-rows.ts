/** @file Everything of a run that has a name, as rows: what `capture` returned, and the Variables. Pure. */
import type { Path } from '../../../core/document/index.ts';
import type { RunResult, Statistics } from '../../../core/run/index.ts';
import { formatPath } from '../../state/paths.ts';

export interface ValueRow {
  readonly key: string;
  readonly title: string;
  /** `Param`, `Intermediate`, `Perturbation gradient` … */
  readonly kind: string;
  /** A remark behind the title. */
  readonly note: string | null;
  readonly value: Statistics;
  readonly gradient: Statistics | null;
  /** The Module that it belongs to. */
  readonly module: Path;
}

/** Captured values first, one row for each call; random state is left out. */
export function valueRows({ captured, variables }: RunResult): readonly ValueRow[] {
  const rows = captured.flatMap(({ path, kind, variableType, entries, calls }) =>
    entries.map(({ key, summary }, index): ValueRow => ({
      key,
      title: `${formatPath(path)}${entries.length > 1 ? `, call ${index + 1} of ${entries.length}` : ''}`,
      kind: kind === 'sow' ? variableType : `${variableType} gradient`,
      note: kind === 'perturb' && calls > 1 ? `sum of ${calls} calls` : null,
      value: summary,
      gradient: null,
      module: path.slice(0, -1),
    })),
  );
  const named = variables
    .filter(({ type }) => !type.startsWith('Rng'))
    .map(({ valueKey, path, type, value, gradient, calls }): ValueRow => ({
      key: valueKey,
      title: formatPath(path),
      kind: type,
      note: gradient && calls > 1 ? `gradient: sum of ${calls} calls` : null,
      value,
      gradient,
      module: path.slice(0, -1),
    }));
  return [...rows, ...named];
}
