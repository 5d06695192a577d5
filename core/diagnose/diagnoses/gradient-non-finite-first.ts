/** @file The operation whose way back made the first gradient that is not finite, and where that gradient went from there. */
import { defineDiagnosis, notChecked } from '../define.ts';
import type { SeenPass, SeenWire } from '../seen.ts';
import { isNotFinite } from '../../run/summary.ts';
import { inputsOf } from '../shared/inputs-of.ts';
import { list, notFiniteText } from '../shared/words.ts';

export const gradientNonFiniteFirstDiagnosis = defineDiagnosis({
  code: 'gradient/non-finite-first',
  doc: 'The first operation on the way back whose gradient is not finite though what came to it was, with its inputs, the step, and the way of that gradient: born, carried on, healed.',
  what: 'gradients',
  order: 'first',
  look(seen) {
    const { pass, places } = seen;
    if (!pass) return notChecked('There was no pass.');
    const { wires, variables, flow } = pass;
    const finite = wires.every(({ value }) => !isNotFinite(value)) && Number.isFinite(pass.loss);
    const gradients = wires.filter(({ gradient }) => gradient !== null);
    const params = variables.filter(({ gradient }) => gradient !== null);
    if (!finite) return notChecked('Values are not finite, so gradients cannot be.', gradients.length + params.length);
    const counts = { checked: gradients.length + params.length, notChecked: wires.length - gradients.length };
    const why = counts.notChecked > 0 ? 'Whole numbers and truth values have no gradient.' : undefined;
    const bad = wires.flatMap(({ gradient }, i) => (gradient && isNotFinite(gradient) ? [i] : []));
    // On the way back what ran last comes first.
    const first = bad.at(-1);
    const step = pass.step === null ? '' : ` at step ${pass.step}`;
    if (first === undefined) {
      const variable = params.findLast(({ gradient }) => gradient && isNotFinite(gradient));
      if (!variable) return { found: [], ...counts, ...(why ? { why } : {}) };
      const call = places.callOf(variable.path);
      return {
        ...counts,
        found: [
          {
            severity: 'error',
            path: call?.instance ?? variable.path.slice(0, -1),
            node: call?.node ?? null,
            message: `The gradient of ${variable.path.join('.')} is the first that is not finite${step}: ${notFiniteText(variable.gradient!)}.`,
            evidence: { step: pass.step, parameter: variable.path.join('.'), phase: 'backward' },
            fix: 'Look at the size of what goes into it.',
          },
        ],
      };
    }
    const users = flow.users(first);
    const born = users.find((user) => wires[user]!.gradient && !isNotFinite(wires[user]!.gradient)) ?? users[0];
    const place = born === undefined ? null : wires[born]!;
    const title = place ? places.title(place) : `the loss (${seen.document.run.loss.type})`;
    const way = wayOf(pass, bad, place, (wire) => places.title(wire));
    const inputs = inputsOf(seen, wires, born === undefined ? [first] : flow.sources(born));
    const broken = params.filter(({ gradient }) => isNotFinite(gradient!)).map(({ path }) => path.join('.'));
    const healed = way.filter(({ state }) => state === 'healed').map(({ title: name }) => name);
    return {
      ...counts,
      ...(why ? { why } : {}),
      found: [
        {
          // Where it is healed before it reaches a parameter, training goes on.
          severity: broken.length > 0 ? 'error' : 'warning',
          path: place?.instance ?? [],
          node: place?.node ?? places.outputs[0] ?? null,
          message:
            `All values are finite, but on the way back ${title} made the first gradient that is not${step}: ${notFiniteText(wires[first]!.gradient!)} for ${places.title(wires[first]!)}.` +
            ` What went into it: ${inputs.map(({ text }) => text).join('; ')}.` +
            (broken.length > 0 ? ` It reaches ${list(broken)}.` : '') +
            (healed.length > 0 ? ` It is healed in ${list(healed)}.` : ''),
          evidence: {
            step: pass.step,
            phase: 'backward',
            operation: title,
            inputs: inputs.map(({ numbers }) => numbers),
            way: way.map(({ path, node, state }) => ({ path, node, state })),
            parameters: broken,
          },
          fix: 'Keep what goes into it away from where its slope is infinite: a root or a norm at 0, a logarithm or a division near 0. A small number added is enough.',
        },
      ],
    };
  },
});

interface WayPoint {
  readonly path: SeenWire['instance'];
  readonly node: string;
  readonly title: string;
  readonly state: 'born' | 'carried on' | 'healed';
}

/** From where it was born back towards the inputs: nodes that hand the broken gradient on, and those behind which it is finite again. */
function wayOf({ wires, flow }: SeenPass, bad: readonly number[], born: SeenWire | null, titleOf: (wire: SeenWire) => string): WayPoint[] {
  const point = (wire: SeenWire, state: WayPoint['state']): WayPoint => ({
    path: wire.instance,
    node: wire.node,
    title: titleOf(wire),
    state,
  });
  const way = born ? [point(born, 'born')] : [];
  for (const i of bad.toReversed()) {
    const sources = flow.sources(i).filter((source) => wires[source]!.gradient !== null);
    const isHealed = sources.length > 0 && sources.every((source) => !isNotFinite(wires[source]!.gradient!));
    way.push(point(wires[i]!, isHealed ? 'healed' : 'carried on'));
  }
  return way;
}
