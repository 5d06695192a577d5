/** @file What the parts of the emitted code ask about the whole model, in any language. */
import type { ClassId } from '../document/schema.ts';
import type { ClassProgram } from '../program/class-program.ts';
import type { Faults } from '../program/faults.ts';
import type { ModelProgram } from '../program/model-program.ts';

/** Asks for an import line at the top of the file. */
export type Use = (line: string) => void;

export interface CodeModel {
  readonly faults: Faults;
  /** A class that is written. */
  classOf(id: ClassId): ClassProgram;
  /** Whether a class takes `rngs`: some layer in it draws. */
  draws(id: ClassId): boolean;
}

export function codeModel({ classes, faults }: ModelProgram): CodeModel {
  const byId = new Map(classes.map((each) => [each.id, each]));
  const drawing = new Set<ClassId>();
  // Classes stand before those that use them.
  for (const { id, members } of classes) {
    const draws = members.some((plan) => {
      if (plan.kind === 'class') return drawing.has(plan.of);
      return plan.kind === 'layer' && plan.descriptor.usesRngs;
    });
    if (draws) drawing.add(id);
  }
  return { faults, classOf: (id) => byId.get(id)!, draws: (id) => drawing.has(id) };
}
