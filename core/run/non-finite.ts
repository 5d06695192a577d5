/** @file The first value of a pass that is not finite, in the order in which the graph runs: what to look at first. */
import type { ModelDocument } from '../document/schema.ts';
import { checkDocument } from '../check/check-document.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeTitle } from '../graph/node-name.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { Summary, VariableResult, WireResult } from './protocol.ts';

export interface Measured {
  readonly wires: readonly Pick<WireResult, 'instance' | 'node' | 'port' | 'call' | 'value' | 'gradient'>[];
  readonly variables: readonly Pick<VariableResult, 'path' | 'value' | 'gradient'>[];
}

/** A problem that names the place, or undefined where all is finite. Parameters come before what they make, gradients last. */
export function findNonFinite(document: ModelDocument, { wires, variables }: Measured): RunProblem | undefined {
  const variable = variables.find(({ value }) => isBad(value));
  if (variable) {
    const path = variable.path.slice(0, -1);
    return {
      code: 'run/not-finite',
      message: `${variable.path.join('.')} is not finite: ${countText(variable.value)}.`,
      hint: 'Train from the start with a lower learning rate.',
      path,
    };
  }
  const wire = wires.find(({ value }) => isBad(value));
  if (wire) {
    return {
      code: 'run/not-finite',
      message: `The first value that is not finite is that of ${titleOf(document, wire)}: ${countText(wire.value)}.`,
      hint: 'Look at what goes into it: a logarithm or a root of a negative number, a division by zero, or numbers beyond float32.',
      path: wire.instance,
      node: wire.node,
    };
  }
  // On the way back the last of the graph comes first.
  const back = wires.findLast(({ gradient }) => gradient && isBad(gradient));
  if (!back) return undefined;
  return {
    code: 'run/not-finite',
    message: `All values are finite, but the gradient is not from ${titleOf(document, back)} on: ${countText(back.gradient!)}.`,
    hint: 'Look at what it flows into: a root or a norm at zero, or a logarithm near zero.',
    path: back.instance,
    node: back.node,
  };
}

function isBad({ nans, infinities }: Summary): boolean {
  return nans + infinities > 0;
}

function countText({ nans, infinities, count }: Summary): string {
  const parts = [nans > 0 ? `${nans} NaN` : '', infinities > 0 ? `${infinities} infinite` : ''].filter((part) => part !== '');
  return `${parts.join(' and ')} of ${count} numbers`;
}

function titleOf(document: ModelDocument, { instance, node, call }: Measured['wires'][number]): string {
  const check = checkDocument(document);
  const used = Object.values(document.classes).find(({ id }) =>
    check.instancesOf(id).some(({ path }) => String(path) === String(instance)),
  );
  const item = used && graphOf(used).node(node);
  const where = instance.length === 0 ? '' : ` in ${instance.join('.')}`;
  return `${used && item ? nodeTitle(used, item) : node}${where}${call > 0 ? `, call ${call + 1}` : ''}`;
}
