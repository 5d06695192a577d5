/** @file Params that get a gradient of nothing but zeros, by the place where it goes out. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import type { Seen, SeenPass, SeenVariable } from '../seen.ts';
import { isNotFinite } from '../../run/summary.ts';
import { chainEvidence, chainFrom, normAt, whyAt } from '../shared/gradient-path.ts';
import { downstream, fateOf, upstream, valuesOf } from '../shared/reach.ts';
import { list } from '../shared/words.ts';

export const gradientZeroDiagnosis = defineDiagnosis({
  code: 'gradient/zero',
  doc: 'Weights that are trained and get a gradient of nothing but zeros, named at the node where it goes out, with why: a dead or saturated activation, a mask of zeros, an operation of steps or whole numbers, an unused result, a norm that takes it out. What heals itself (weights that begin at 0 and do get a gradient) is left alone.',
  what: 'gradients',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    const trained = pass.variables.filter(({ isTrained }) => isTrained);
    if (!Number.isFinite(pass.loss) || trained.some(({ gradient }) => gradient && isNotFinite(gradient)))
      return notChecked('Values or gradients are not finite.', trained.length);
    const isAbout = (variable: SeenVariable): boolean =>
      variable.isReached || !['ignored', 'inside'].includes(fateOf(seen, pass, variable));
    const zero = trained.filter((variable) => isZero(variable) && isAbout(variable));
    const byCulprit = new Map<number, SeenVariable[]>();
    for (const variable of zero) {
      const culprit = originOf(seen, pass, culpritOf(seen, pass, variable));
      if (culprit !== null) byCulprit.set(culprit, [...(byCulprit.get(culprit) ?? []), variable]);
    }
    const found = [...byCulprit].map(([at, variables]) => foundAt(seen, pass, at, variables));
    return { found: found.filter((each) => each !== null), checked: trained.length };
  },
});

function isZero({ gradient, shape }: SeenVariable): boolean {
  return gradient !== null && gradient.zeros === gradient.count && shape.length > 0;
}

/** The value behind which there is a gradient and before which there is none; null where nobody is to blame. */
function culpritOf(seen: Seen, pass: SeenPass, variable: SeenVariable): number | null {
  const values = valuesOf(seen, pass, variable.path);
  const own = values.filter((value) => normAt(pass.wires, value) > 0);
  // What it gives has a gradient: the layer itself holds it back, by other weights of its own that are 0, or by its input.
  if (own.length > 0) return heldBack(seen, pass, variable, own[0]!);
  const reached = [...downstream(pass, values)].toSorted((a, b) => a - b);
  const withNone = (at: number): boolean => !(normAt(pass.wires, at) > 0);
  const detached = reached.find(
    (at) =>
      pass.wires[at]!.gradient === null ||
      (!withNone(at) && pass.flow.sources(at).some((source) => reached.includes(source) && withNone(source))),
  );
  if (detached !== undefined) return detached;
  // Nothing behind it has a gradient: where it ends, the loss does not change with it, or nobody uses it.
  return reached.findLast((at) => pass.flow.users(at).length === 0) ?? null;
}

/** What gives nothing but 0 because nothing else comes in is not at fault: what gave it the first zeros is. */
function originOf({ places }: Seen, pass: SeenPass, culprit: number | null): number | null {
  if (culprit === null || !isAllZero(pass, culprit)) return culprit;
  let at = culprit;
  for (;;) {
    const before = pass.flow.sources(at);
    const zero = before.length === 1 && isAllZero(pass, before[0]!) ? before[0]! : undefined;
    // The input of a class has what the class is called with: only that of the model is given from outside.
    const isGiven = zero !== undefined && pass.wires[zero]!.instance.length === 0 && places.node(pass.wires[zero]!)?.kind === 'input';
    if (zero === undefined || isGiven) return at;
    at = zero;
  }
}

function isAllZero({ wires }: SeenPass, at: number): boolean {
  const { zeros, count } = wires[at]!.value;
  return zeros === count;
}

/** A layer whose input is 0 throughout: what gives that is at fault. */
function heldBack({ places }: Seen, pass: SeenPass, { path }: SeenVariable, at: number): number | null {
  const sources = [...upstream(pass, [at])].filter(
    (each) => each !== at && pass.wires[each]!.value.zeros === pass.wires[each]!.value.count,
  );
  const isDirect = pass.flow.sources(at).some((source) => sources.includes(source));
  const isKernel = path.length > 0;
  if (!isDirect || !isKernel) return null;
  const first = sources.toSorted((a, b) => a - b)[0];
  return first === undefined || places.node(pass.wires[first]!)?.kind === 'input' ? null : first;
}

function foundAt(seen: Seen, pass: SeenPass, at: number, variables: readonly SeenVariable[]): Found | null {
  const { places } = seen;
  const wire = pass.wires[at]!;
  const isEnd = !(normAt(pass.wires, at) > 0) && wire.gradient !== null;
  const isEmpty = isEnd && isAllZero(pass, at) && pass.flow.users(at).length > 0;
  const isOutput = isEnd && pass.flow.users(at).length === 0 && wire.isReached;
  const why = isOutput
    ? { kind: 'normalised away' as const, text: 'is all that the loss sees of it, and the loss does not change with it' }
    : isEmpty
      ? { kind: 'dead' as const, text: 'gives nothing but 0' }
      : isEnd
        ? { kind: 'unused result' as const, text: 'is used by nothing that leads to the loss' }
        : whyAt(seen, pass, at);
  // They begin at 0, and get a gradient themselves: one step, and they are 0 no more.
  if (why.kind === 'zero weights' || why.kind === 'unknown') return null;
  const names = variables.map(({ path }) => path.join('.'));
  const start = valuesOf(seen, pass, variables[0]!.path)[0];
  const chain = start === undefined ? [] : chainFrom(seen, pass, start, (each) => each === at);
  const title = places.title(wire);
  const way = chain.length > 1 ? ` (${chain.map(({ title: each }) => each).join(' → ')})` : '';
  return {
    severity: why.kind === 'normalised away' ? 'note' : 'warning',
    path: wire.instance,
    node: wire.node,
    message: `${list(names)} ${names.length === 1 ? 'gets' : 'get'} no gradient: it ends at ${title}, which ${why.text}${way}.`,
    evidence: { why: why.kind, parameters: names, norm: wire.gradient?.norm ?? null, ...chainEvidence(chain) },
    fix: FIXES[why.kind] ?? 'Look at what goes into it.',
  };
}

const FIXES: Readonly<Record<string, string>> = {
  dead: 'Look at what goes into it: bias, size of weights, learning rate; or use leakyRelu or gelu.',
  saturated: 'Make what goes into it smaller: initial weights, scaled data, or a norm before it.',
  'zero mask': 'Look at the mask: what is 0 throughout lets nothing pass.',
  'detached or integer': 'Use an operation with a slope (softmax for argmax), or leave what lies before it out of the training.',
  'unused result': 'Wire it to an output, or remove it.',
  'normalised away': 'Choose a loss, or a layer, that sees what is learned.',
  dropped: 'Lower the rate of the dropout.',
};
