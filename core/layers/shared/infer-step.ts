/** @file The shape of a state after one step. */
import { elements, type CallCost, type KnownShapes } from '../../spec/cost.ts';
import { reject, requireAxis, requireDtype, requireRank } from '../../spec/reject.ts';
import { formatShape, sameShape, withLast, type TensorSpec } from '../../spec/shape.ts';
import type { SpecsByPort } from '../../spec/define.ts';

interface CellArgs {
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
}

/** The shape of the state after one step; every carried input must have it. */
export function inferStep(x: TensorSpec, carried: SpecsByPort, { inFeatures, hiddenFeatures }: CellArgs): TensorSpec {
  requireDtype('x', x, ['float32', 'int32']);
  requireRank('x', x, { min: 1 });
  requireAxis('x', x, -1, inFeatures, 'inFeatures');
  const state: TensorSpec = { shape: withLast(x.shape, hiddenFeatures), dtype: 'float32' };
  for (const [name, spec] of Object.entries(carried)) {
    requireDtype(name, spec, ['float32']);
    if (sameShape(spec.shape, state.shape)) continue;
    reject({
      code: 'shape/carry',
      port: name,
      expected: `the shape ${formatShape(state.shape)} on ${name}`,
      got: formatShape(spec.shape),
      fix: 'The state has the batch axes of x and hiddenFeatures. Start it with zeros of that shape.',
    });
  }
  return state;
}

/** One step of a cell of so many gates: each has a kernel for the input and one for the state, and is kept. */
export function stepCost({ inputs }: KnownShapes, { inFeatures, hiddenFeatures }: CellArgs, gates: number): CallCost {
  const rows = elements(inputs['x']!) / inFeatures;
  const kept = rows * hiddenFeatures * gates;
  return { multiplyAdds: kept * (inFeatures + hiddenFeatures), kept };
}
