/** @file What the parts of the emitted code ask about the whole model, in any language. */
import type { ClassId, PathFilter } from '../document/schema.ts';
import type { ClassProgram } from '../program/class-program.ts';
import type { Faults } from '../program/faults.ts';
import type { ModelProgram } from '../program/model-program.ts';
import { findDescriptor } from '../registry.gen.ts';

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

const MAX_PROBLEMS = 5;
const ROOT_CODES = /^(field|param)\//;

/** What is said at the top of the code of a model that is not sound, line by line. */
export function problemLines({ check }: ModelProgram): readonly string[] {
  const errors = check.problems.filter((each) => each.severity === 'error' && each.scope !== 'run');
  if (errors.length === 0) return [];
  const more = errors.length - MAX_PROBLEMS;
  const shown = errors.slice(0, MAX_PROBLEMS).map(({ message }) => `- ${message}`);
  return ['Not complete, the model has problems:', ...shown, ...(more > 0 ? [`… and ${more} more`] : [])];
}

/** Why the root cannot be made. */
export function rootFault({ root, faults, check }: ModelProgram): string | undefined {
  if (!root) return 'No class is the root.';
  const { id } = root.program;
  const ofArguments = check.problems.find(({ severity, place, code }) => {
    return severity === 'error' && place.class === id && place.member === undefined && place.node === undefined && ROOT_CODES.test(code);
  });
  return faults.ofClass(id) ?? ofArguments?.message;
}

/** Why a filter cannot be written: it names a class that is neither given nor written. */
export function missingClass({ classes, faults }: ModelProgram, filter: PathFilter, isGiven = isLibraryType): string | undefined {
  const isWritten = (name: string) => classes.some((each) => each.name === name && faults.ofClass(each.id) === undefined);
  const missing = typesIn(filter).find((name) => !isGiven(name) && !isWritten(name));
  return missing === undefined ? undefined : `There is no class ${missing} below the root.`;
}

function typesIn(filter: PathFilter): readonly string[] {
  if (filter.kind === 'type') return [filter.type];
  if (filter.kind === 'any' || filter.kind === 'all') return filter.of.flatMap(typesIn);
  return filter.kind === 'not' ? typesIn(filter.of) : [];
}

/** Whether a type in a filter is one of the library's own. */
export function isLibraryType(type: string): boolean {
  return type === 'Module' || type === 'List' || findDescriptor(type)?.kind === 'layer';
}

/** The first of the names that is not taken; a number is added to the last where all are. */
export function freeName(names: readonly string[], taken: ReadonlySet<string>): string {
  const found = names.find((each) => !taken.has(each));
  if (found !== undefined) return found;
  for (let number = 2; ; number++) if (!taken.has(`${names.at(-1)}${number}`)) return `${names.at(-1)}${number}`;
}
