/** @file Activations that give nothing but 0: no gradient passes them. */
import { findDescriptor } from '../../registry.gen.ts';
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import type { Seen, SeenWire } from '../seen.ts';
import { isNotFinite } from '../../run/summary.ts';
import { BOUNDED } from '../shared/bounded.ts';
import { deadUnits } from '../shared/units.ts';
import { count, percent } from '../shared/words.ts';

/** Fewer rows (and places of a picture or sequence) say little: half of all units are off for any one of them. */
const LEAST_ROWS = 8;
/** "As much as 40 % of your network can be dead" where a learning rate is too high (CS231n, Neural Networks 1): beyond half nobody means it. */
const MANY = 0.5;

export const activationDeadDiagnosis = defineDiagnosis({
  code: 'activation/dead',
  doc: 'An activation of which at least half of the units are 0 for every row of the batch, though what goes into them is not. Only where it begins is named, not what follows from it.',
  what: 'activations',
  async look(seen) {
    const { pass, places } = seen;
    if (!pass) return notChecked('There was no pass.');
    const { wires, flow } = pass;
    const found: Found[] = [];
    let checked = 0;
    let few = 0;
    for (const [i, wire] of wires.entries()) {
      if (!isActivation(seen, wire) || isNotFinite(wire.value)) continue;
      const source = flow.sources(i).map((at) => wires[at]!)[0];
      const features = wire.value.shape.at(-1) ?? 1;
      if (!source?.tensor || !wire.tensor || wire.value.count < LEAST_ROWS * features || source.value.count !== wire.value.count) {
        few++;
        continue;
      }
      checked++;
      if (wire.value.zeros < MANY * wire.value.count) continue;
      const { dead, idle, units } = await deadUnits(wire.tensor, source.tensor);
      // Units that get nothing but 0 are not at fault: what gives it to them is.
      const judged = units - idle;
      if (judged === 0 || dead < MANY * judged) continue;
      const title = places.title(wire);
      const from = places.title(source);
      const rows = wire.value.count / features;
      const { min, max } = source.value;
      const isAll = dead === judged;
      found.push({
        severity: isAll ? 'error' : 'warning',
        path: wire.instance,
        node: wire.node,
        message:
          `${title} is dead: ${isAll ? `all ${count(dead)}` : `${count(dead)} of ${count(judged)}`} units are 0 for all ${count(rows)} rows (${percent(dead / judged)}).` +
          ` ${from}, which goes into it, is ${max !== null && max <= 0 ? 'never above 0' : 'seldom above 0'} (${min?.toPrecision(3)} to ${max?.toPrecision(3)}), so no gradient passes.`,
        evidence: { dead, units, idle, rows, share: dead / judged, feeds: from, feedsNode: source.node, min, max, step: pass.step },
        fix: `Look at ${from}: its bias and the size of its weights, or the learning rate that drove them there. leakyRelu or gelu let some gradient pass.`,
      });
    }
    return {
      found,
      checked,
      notChecked: few,
      ...(few > 0 ? { why: `Fewer than ${LEAST_ROWS} rows do not tell whether a unit is dead.` } : {}),
    };
  },
});

/** Those that can be off; those with two flat ends saturate instead. */
function isActivation({ places }: Seen, wire: SeenWire): boolean {
  const node = places.node(wire);
  const type = node?.kind === 'op' ? node.op : places.member(wire)?.type;
  if (type === undefined || BOUNDED.has(type)) return false;
  return findDescriptor(type)?.family === 'activation';
}
