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
  const steps: NamedStep[] = [];
  for (const step of program.steps) {
    if (step.kind === 'input') {
      inputs.set(step.outputs[0]!.index, spell(program.inputs[step.position]!.name));
      continue;
    }
    const reads = step.inputs.flatMap(({ index }) => (inline.has(index) ? [] : [index]));
    const writes = step.outputs.flatMap(({ port, index }) =>
      inline.has(index) ? [] : [{ key: index, wish: spell(wishFor(step, port)), output: outputNames.get(index) }],
    );
    steps.push({ reads, writes, isChange: step.kind === 'op' });
    // A probe reads the value, too: it needs a name even where nothing else does.
    const probed = step.outputs.filter(({ probes }) => probes.length > 0).map(({ index }) => index);
    if (probed.length > 0) steps.push({ reads: probed, writes: [], isChange: false });
  }
  const kept = program.outputs.map(({ index }) => index);
  return nameValues(steps, inputs, { kept, reserved });
}

/** Names of outputs that say no more than that there is one. */
const PLAIN_OUTPUTS: ReadonlySet<string> = new Set(['y', 'out', 'output', 'result']);

/** What a value is called that leaves by an output whose name says something. */
function namesOfOutputs({ outputs }: Program, spell: (name: string) => string): ReadonlyMap<number, string> {
  const named = outputs.filter(({ name }) => nameFault(name, 'output') === undefined && (outputs.length > 1 || !PLAIN_OUTPUTS.has(name)));
  return new Map(named.map(({ name, index }) => [index, spell(name)]));
}

/** What a value is called after the step that makes it. */
function wishFor(step: Step, port: string): string {
  if (step.outputs.length > 1) return port;
  if (step.kind === 'call') return step.node.variable ?? step.attribute;
  if (step.kind === 'op') return step.node.op;
  return step.kind === 'constant' ? 'constant' : port;
}
