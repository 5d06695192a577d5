/** @file Gradients that grow on their way to the first layers. */
import { findLoss } from '../../registry.gen.ts';
import { defineDiagnosis, notChecked } from '../define.ts';
import { depthOf } from '../shared/gradient-depth.ts';
import { depthFound } from '../shared/depth-found.ts';

/** Against where the way back begins (Pascanu et al. 2013: a product of factors above 1). */
const LIMIT = 1e3;

export const gradientExplodingDiagnosis = defineDiagnosis({
  code: 'gradient/exploding',
  doc: 'The gradient at a layer is a thousand times that at the outputs or more, with the way between the two, and what on it does that: one operation, which is then the place, or many alike.',
  what: 'layers',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    // A loss without labels may have no end below: weights, and gradients with them, grow as long as it is trained.
    const isEndless = findLoss(seen.document.run.loss.type)?.labels === 'none' && !pass.isFresh;
    if (isEndless) return notChecked('The loss has no end below: what is trained on it grows.', pass.variables.length);
    const depth = depthOf(seen, pass);
    if (!depth) return notChecked('There are no gradients, or they are not finite.');
    const far = depth.layers.filter(({ ratio }) => ratio >= LIMIT);
    return { found: far.length === 0 ? [] : [depthFound(seen, pass, depth, far, false)], checked: depth.layers.length };
  },
});
