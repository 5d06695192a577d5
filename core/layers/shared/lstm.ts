/** @file What both forms of the LSTM share: carry, shapes, code. */
import {
  reject,
  requireAxis,
  requireDtype,
  requireRank,
  withLast,
  type LayerEmitter,
  type SpecsByPort,
  type TensorSpec,
} from '../../spec/index.ts';
import { formatShape, port, sameShape, type PortSpecs } from '../../spec/index.ts';

export const lstmInputs: PortSpecs = {
  c: port({ minRank: 1, doc: 'The memory, [batch…, hiddenFeatures].' }),
  h: port({ minRank: 1, doc: 'The hidden state, [batch…, hiddenFeatures].' }),
  x: port({ minRank: 1, doc: 'One step of the input, [batch…, features].' }),
};

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

export function inferLstm({ c, h, x }: SpecsByPort, args: CellArgs): SpecsByPort {
  const state = inferStep(x!, { c: c!, h: h! }, args);
  return { c: state, h: state };
}

/** A cell returns ((c, h), h): the first part holds both outputs. */
export const callLstm: LayerEmitter['call'] = (member, { c, h, x }) => `${member}((${c}, ${h}), ${x})[0]`;
