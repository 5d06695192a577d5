/** @file Gradients that hardly reach the first layers. */
import { defineDiagnosis, notChecked } from '../define.ts';
import { depthOf } from '../shared/gradient-depth.ts';
import { depthFound } from '../shared/depth-found.ts';

/** Against where the way back begins: with one learning rate such a layer learns a thousandth of what the last one does (Glorot and Bengio 2010, figure 7). */
const LIMIT = 1e-3;

export const gradientVanishingDiagnosis = defineDiagnosis({
  code: 'gradient/vanishing',
  doc: 'The gradient at a layer is a thousandth of that at the outputs or less, with the way between the two, and what on it does that: one operation, which is then the place, or many alike.',
  what: 'layers',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    const depth = depthOf(seen, pass);
    if (!depth) return notChecked('There are no gradients, or they are not finite.');
    const far = depth.layers.filter(({ ratio }) => ratio <= LIMIT);
    return { found: far.length === 0 ? [] : [depthFound(seen, pass, depth, far, true)], checked: depth.layers.length };
  },
});
