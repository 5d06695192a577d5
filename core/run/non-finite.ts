/** @file The first number of a pass that is not finite, in the order in which the graph runs: what to look at first. */
import type { ModelDocument, Path } from '../document/schema.ts';
import { checkDocument } from '../check/check-document.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeTitle } from '../graph/node-name.ts';
import type { RunProblem } from '../spec/run-error.ts';
import { isNotFinite } from './summary.ts';
import type { InsideResult, Statistics, VariableResult, WireResult } from './protocol.ts';

export interface Measured {
  readonly loss: number;
  readonly wires: readonly Pick<WireResult, 'instance' | 'node' | 'port' | 'call' | 'value' | 'gradient'>[];
  readonly insides: readonly Pick<InsideResult, 'module' | 'name' | 'calledBy' | 'value'>[];
  readonly variables: readonly Pick<VariableResult, 'path' | 'value' | 'gradient'>[];
}

type Wire = Measured['wires'][number];

/**
 * A problem that names the place, or undefined where all is finite. Parameters come before what they make, then values as they were
 * computed, the loss, and gradients on the way back.
 */
export function findNonFinite(document: ModelDocument, measured: Measured): RunProblem | undefined {
  const found = inParameters(measured) ?? inValues(document, measured) ?? inLoss(document, measured) ?? inGradients(document, measured);
  return found && { code: 'run/not-finite', ...found };
}

type Found = Omit<RunProblem, 'code'> | undefined;

/** Statistics such as those of BatchNorm follow from the values of this pass: they are no cause, and have no gradient. */
function inParameters({ variables }: Measured): Found {
  const variable = variables.find(({ value, gradient }) => gradient !== null && isNotFinite(value));
  return (
    variable && {
      message: `${variable.path.join('.')} is not finite: ${countText(variable.value)}.`,
      hint: 'Train from the start with a lower learning rate.',
      path: variable.path.slice(0, -1),
    }
  );
}

function inValues(document: ModelDocument, { wires, insides }: Measured): Found {
  const wire = wires.find(({ value }) => isNotFinite(value));
  if (!wire) return undefined;
  const within = insides.find(
    ({ calledBy, name, value }) =>
      isNotFinite(value) && name !== 'output' && calledBy?.node === wire.node && isSame(calledBy.instance, wire.instance),
  );
  const inside = within ? `, where ${within.module.join('.')}.${within.name} is the first inside it` : '';
  return {
    message: `The first value that is not finite is that of ${titleOf(document, wire)}${inside}: ${countText(wire.value)}.`,
    hint: 'Look at what goes into it: a logarithm or a root of a negative number, a division by zero, or numbers beyond float32.',
    path: wire.instance,
    node: wire.node,
  };
}

function inLoss({ classes, root }: ModelDocument, { loss }: Measured): Found {
  if (Number.isFinite(loss)) return undefined;
  const output = Object.values(classes[root.class]?.nodes ?? {}).find(({ kind }) => kind === 'output');
  return {
    message: `All values are finite, but the loss of them is ${loss}.`,
    hint: 'Look at what the loss takes: probabilities of 0, numbers beyond float32, or labels that do not suit it.',
    path: [],
    ...(output ? { node: output.id } : {}),
  };
}

/** On the way back the last of the graph comes first. */
function inGradients(document: ModelDocument, { wires, variables }: Measured): Found {
  const wire = wires.findLast(({ gradient }) => gradient && isNotFinite(gradient));
  const hint = 'Look at what it flows into: a root or a norm at zero, or a logarithm near zero.';
  if (wire)
    return {
      message: `All values are finite, but the gradient is not from ${titleOf(document, wire)} on: ${countText(wire.gradient!)}.`,
      hint,
      path: wire.instance,
      node: wire.node,
    };
  const variable = variables.findLast(({ gradient }) => gradient && isNotFinite(gradient));
  return (
    variable && {
      message: `All values are finite, but the gradient of ${variable.path.join('.')} is not: ${countText(variable.gradient!)}.`,
      hint,
      path: variable.path.slice(0, -1),
    }
  );
}

function isSame(a: Path, b: Path): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const COUNT = new Intl.NumberFormat('en-US');

function countText({ nans, infinities, count }: Statistics): string {
  const parts = [nans > 0 ? `${COUNT.format(nans)} NaN` : '', infinities > 0 ? `${COUNT.format(infinities)} infinite` : ''];
  return `${parts.filter((part) => part !== '').join(' and ')} of ${COUNT.format(count)} numbers`;
}

function titleOf(document: ModelDocument, { instance, node, call }: Wire): string {
  const check = checkDocument(document);
  const used = Object.values(document.classes).find(({ id }) => check.instancesOf(id).some(({ path }) => isSame(path, instance)));
  const item = used && graphOf(used).node(node);
  const where = instance.length === 0 ? '' : ` in ${instance.join('.')}`;
  return `${used && item ? nodeTitle(used, item) : node}${where}${call > 0 ? `, call ${call + 1}` : ''}`;
}
