/** @file The first value of a pass that is not finite, and what went into it. */
import { defineDiagnosis, type Found } from '../define.ts';
import type { Seen, SeenPass, SeenWire } from '../seen.ts';
import { isNotFinite } from '../../run/summary.ts';
import { inputsOf } from '../shared/inputs-of.ts';
import { notFiniteText } from '../shared/words.ts';

export const valueNonFiniteFirstDiagnosis = defineDiagnosis({
  code: 'value/non-finite-first',
  doc: 'The first operation, in the order in which they run, that made a number that is not finite: with what went into it, and the step. Parameters come before what they make, the loss comes last.',
  what: 'values',
  order: 'first',
  look(seen) {
    const { pass } = seen;
    if (!pass) return { found: [], checked: 0, why: 'There was no pass.' };
    const { wires, insides, variables } = pass;
    const params = variables.filter(({ gradient }) => gradient !== null);
    // Of a Module that is called very often the first calls are kept.
    const unseen = new Map(insides.map(({ module, name, calls }) => [JSON.stringify([module, name]), calls]));
    const seenCalls = insides.length;
    const all = [...unseen.values()].reduce((sum, calls) => sum + calls, 0);
    const left = Math.max(0, all - seenCalls);
    const found = inParams(pass, params) ?? inWires(seen, pass) ?? inLoss(seen, pass);
    return {
      found: found ? [found] : [],
      checked: wires.length + params.length + 1,
      ...(left > 0 ? { notChecked: left, why: 'Of a Module that is called very often the first calls are looked at.' } : {}),
    };
  },
});

const at = ({ step }: SeenPass): string => (step === null ? '' : ` at step ${step}`);

function inParams(pass: SeenPass, params: SeenPass['variables']): Found | undefined {
  const variable = params.find(({ value }) => isNotFinite(value));
  if (!variable) return undefined;
  const { nans, infinities, count } = variable.value;
  return {
    severity: 'error',
    path: variable.path.slice(0, -1),
    message: `The parameter ${variable.path.join('.')} is not finite${at(pass)}: ${notFiniteText(variable.value)}. Everything that is made from it is not finite, either.`,
    evidence: { parameter: variable.path.join('.'), nans, infinities, count, step: pass.step },
    fix: 'Start again from finite weights, with a lower learning rate if training made them so.',
  };
}

function inWires(seen: Seen, pass: SeenPass): Found | undefined {
  const { wires, flow, insides } = pass;
  const i = wires.findIndex(({ value }) => isNotFinite(value));
  const wire = wires[i];
  if (!wire) return undefined;
  const within = insides.find(
    ({ calledBy, name, value }) =>
      name !== 'output' &&
      isNotFinite(value) &&
      calledBy?.node === wire.node &&
      JSON.stringify(calledBy.instance) === JSON.stringify(wire.instance),
  );
  const title = seen.places.title(wire);
  const node = seen.places.node(wire);
  const inputs = inputsOf(seen, wires, flow.sources(i));
  const { nans, infinities, count } = wire.value;
  const inside = within ? `, where ${[...within.module, within.name].join('.')} is the first inside it` : '';
  const from = inputs.length === 0 ? '' : ` What goes into it is finite: ${inputs.map(({ text }) => text).join('; ')}.`;
  const isData = node?.kind === 'input';
  return {
    severity: 'error',
    path: wire.instance,
    node: wire.node,
    message: isData
      ? `The data themselves are not finite${at(pass)}: ${title} has ${notFiniteText(wire.value)}.`
      : `${title} made the first value that is not finite${at(pass)}${inside}: ${notFiniteText(wire.value)}.${from}`,
    evidence: { nans, infinities, count, step: pass.step, operation: title, inputs: inputs.map(({ numbers }) => numbers) },
    fix: isData ? 'Mend the rows, or leave them out.' : advice(seen.places.op(wire)),
  };
}

function inLoss({ document, places }: Seen, pass: SeenPass): Found | undefined {
  if (Number.isFinite(pass.loss)) return undefined;
  const outputs = pass.wires.filter(({ instance, node }) => instance.length === 0 && leadsOut(node));
  function leadsOut(node: SeenWire['node']): boolean {
    const root = places.instance([]);
    return Object.values(root?.class.wires ?? {}).some(({ from, to }) => from.node === node && places.outputs.includes(to.node));
  }
  return {
    severity: 'error',
    path: [],
    node: places.outputs[0] ?? null,
    message: `All values are finite, but the loss (${document.run.loss.type}) of them is ${pass.loss}${at(pass)}.`,
    evidence: {
      loss: String(pass.loss),
      step: pass.step,
      operation: `loss ${document.run.loss.type}`,
      inputs: outputs.map(({ node, port, value: { min, max, mean } }) => ({ node, port, min, max, mean })),
    },
    fix: 'Look at what the loss takes: numbers beyond what float32 can square or exponentiate, or targets that do not suit it.',
  };
}

/** What makes an operation leave the finite numbers. */
const ADVICE: Readonly<Record<string, string>> = {
  log: 'A logarithm needs numbers above 0: add a small one, or clip what goes in.',
  log1p: 'It needs numbers above -1: clip what goes in.',
  sqrt: 'A root needs numbers from 0 on: clip what goes in.',
  rsqrt: 'It needs numbers above 0: add a small one, or clip what goes in.',
  divide: 'Keep the divisor away from 0: add a small number to it.',
  reciprocal: 'Keep what goes in away from 0: add a small number to it.',
  exp: 'Beyond 88.7 the exponential is more than float32 can hold: subtract the largest, or clip what goes in.',
  power: 'A root of a negative number is none, and high powers leave float32: clip what goes in.',
};

function advice(op: string | null): string {
  return (
    (op === null ? undefined : ADVICE[op]) ??
    'Look at the size of what goes into it and of its parameters: they leave the range of float32.'
  );
}
