/** @file The subjects of a selection. Pure. */
import type { ModelClass, Path } from '../../../core/document/index.ts';
import type { RunResult } from '../../../core/run/index.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import type { Selection } from '../../state/session/store.ts';
import { type Subject, subjectsOfModule, subjectsOfNode, subjectsOfPort } from './subjects.ts';

/** Nobody looks through more: of a selection of everything the first ones are shown. */
export const MOST_SELECTED = 200;

export interface Selected {
  /** Each value once, however often it is selected. */
  readonly subjects: readonly Subject[];
  /** How many selected things are left out. */
  readonly left: number;
}

export function subjectsOfSelection(
  result: RunResult,
  { modules, wires, nodes }: Selection,
  modelClass: ModelClass | undefined,
  instance: Path,
): Selected {
  const index = modulesByPath(result.modules);
  const chosen = [
    ...modules.slice(0, MOST_SELECTED).flatMap((key) => {
      const module = index.get(key);
      return module ? subjectsOfModule(result, module) : [];
    }),
    ...(modelClass ? wires.slice(0, MOST_SELECTED).flatMap((id) => ofWire(result, modelClass, instance, id)) : []),
    ...(modelClass ? nodes.slice(0, MOST_SELECTED).flatMap((node) => subjectsOfNode(result, modelClass, instance, node)) : []),
  ];
  const left = [modules, wires, nodes].reduce((sum, { length }) => sum + Math.max(0, length - MOST_SELECTED), 0);
  return { subjects: [...new Map(chosen.map((subject) => [subject.id, subject])).values()], left };
}

function ofWire(result: RunResult, modelClass: ModelClass, instance: Path, id: string): readonly Subject[] {
  const wire = modelClass.wires[id];
  return wire ? subjectsOfPort(result, modelClass, instance, wire.from) : [];
}
