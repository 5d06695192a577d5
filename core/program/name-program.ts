/** @file The values of a forward pass with the names that code gives them, in whatever language. */
import { nameFault } from '../document/names.ts';
import type { Program, Step } from './compile-graph.ts';
import { nameValues, type NamedStep } from './value-names.ts';

export interface NamingOptions {
  /** The slots of values that are written where they are used. */
  readonly inline: { has(index: number): boolean };
  /** A name as the language spells it. */
  readonly spell: (name: string) => string;
  /** What the language or the code calls so itself. */
  readonly reserved: ReadonlySet<string>;
}

/** A name for the value in each slot that is read; inputs have their own. */
export function nameProgram(program: Program, { inline, spell, reserved }: NamingOptions): ReadonlyMap<number, string> {
  const inputs = new Map<number, string>();
  const outputNames = namesOfOutputs(program, spell);
  const isFrom = ancestry(program);
  const steps: NamedStep[] = [];
  for (const step of program.steps) {
    if (step.kind === 'input') {
      inputs.set(step.outputs[0]!.index, spell(program.inputs[step.position]!.name));
      continue;
    }
    const changes = changedBy(step, isFrom);
    const isSum = changes !== undefined && isResidual(step);
    const reads = step.inputs.flatMap(({ index }) => (inline.has(index) ? [] : [index]));
    const writes = step.outputs.flatMap(({ port, index, probes }) => {
      if (inline.has(index)) return [];
      // What a probe calls a value is the user's own word for it.
      const probe = probes.find(({ name }) => nameFault(name, 'output') === undefined);
      const output = outputNames.get(index) ?? (probe && spell(probe.name));
      return [{ key: index, wish: spell(isSum ? SUM : wishFor(step, port)), output }];
    });
    steps.push({ reads, writes, changes, isSum });
    // What all items of a list get keeps its name through the loop.
    const shared = step.kind === 'call' && step.list === 'chain' ? step.inputs.slice(1).filter(({ index }) => !inline.has(index)) : [];
    if (shared.length > 0) steps.push({ reads: shared.map(({ index }) => index), writes: [] });
    // A probe reads the value, too: it needs a name even where nothing else does.
    const probed = step.outputs.filter(({ probes }) => probes.length > 0).map(({ index }) => index);
    if (probed.length > 0) steps.push({ reads: probed, writes: [] });
  }
  const kept = program.outputs.map(({ index }) => index);
  return nameValues(steps, inputs, { kept, reserved });
}

/** What a value is called that leaves by an output. */
function namesOfOutputs({ outputs }: Program, spell: (name: string) => string): ReadonlyMap<number, string> {
  const named = outputs.filter(({ name, index }) => index >= 0 && nameFault(name, 'output') === undefined);
  return new Map(named.map(({ name, index }) => [index, spell(name)]));
}

/** The families of types that give another form of what comes in. */
const FORMS: ReadonlySet<string> = new Set(['activation', 'normalization', 'regularization']);
/** Two things that are put together: where one came of the other, that is a residual. */
const RESIDUALS: ReadonlySet<string> = new Set(['add', 'subtract']);
/** What goes on through the blocks of a residual network: neither branch's name says what their sum is. */
const SUM = 'hidden';
const isResidual = (step: Step): boolean => step.kind === 'op' && RESIDUALS.has(step.node.op);

/** The value that a step gives another form of: through activations, norms, dropout, residuals, and the elements of a list. */
function changedBy(step: Step, isFrom: (value: number, origin: number) => boolean): number | undefined {
  const [first, second] = step.inputs;
  if (!first || (step.kind !== 'op' && step.kind !== 'call')) return undefined;
  if (step.kind === 'call' && step.list === 'chain') return first.index;
  if (isResidual(step) && second) {
    if (isFrom(second.index, first.index)) return first.index;
    return isFrom(first.index, second.index) ? second.index : undefined;
  }
  return step.descriptor && FORMS.has(step.descriptor.family) ? first.index : undefined;
}

/** Whether a value was made of another, over however many steps. */
function ancestry({ steps }: Program): (value: number, origin: number) => boolean {
  const madeOf = new Map<number, readonly number[]>();
  for (const { inputs, outputs } of steps)
    for (const { index } of outputs)
      madeOf.set(
        index,
        inputs.map((input) => input.index),
      );
  return (value, origin) => {
    const seen = new Set<number>();
    const open = [value];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === origin) return true;
      // Slots are numbered in the order of the steps: nothing before the origin is made of it.
      if (at > origin && !seen.has(at)) open.push(...(madeOf.get(at) ?? []));
      seen.add(at);
    }
    return false;
  };
}

/** What a value is called after the step that makes it. */
function wishFor(step: Step, port: string): string {
  if (step.outputs.length > 1) return port;
  if (step.kind === 'call') return step.node.variable ?? step.attribute;
  if (step.kind === 'op') return step.node.op;
  return step.kind === 'constant' ? 'constant' : port;
}
