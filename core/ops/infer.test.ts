/** @file What the ops make of lengths that are not known before a run, and what they say about shapes that do not fit. */
import { describe, expect, it } from 'vitest';
import { registry } from '../registry.gen.ts';
import { fillDefaults } from '../spec/args.ts';
import type { OpDescriptor } from '../spec/define.ts';
import type { Args } from '../spec/params.ts';
import { RejectionError } from '../spec/reject.ts';
import type { DataType, Shape } from '../spec/shape.ts';

type Inputs = Readonly<Record<string, Shape | { readonly shape: Shape; readonly dtype: DataType }>>;

function infer(type: keyof typeof registry, inputs: Inputs, args: Args = {}) {
  const op = registry[type] as OpDescriptor;
  const specs = Object.entries(inputs).map(([port, spec]) => [port, 'dtype' in spec ? spec : { shape: spec, dtype: 'float32' as const }]);
  return op.infer(Object.fromEntries(specs), fillDefaults(op.params, args) as never);
}

const shapeOf = (type: keyof typeof registry, inputs: Inputs, args: Args = {}) =>
  Object.values(infer(type, inputs, args)).map(({ shape }) => shape);
const int = (...shape: Shape) => ({ shape, dtype: 'int32' as const });

describe('with a batch of unknown length', () => {
  it.each([
    ['relu', { x: ['batch', 8] }, {}, ['batch', 8]],
    ['add', { a: ['batch', 1, 8], b: [5, 8] }, {}, ['batch', 5, 8]],
    ['reshape', { x: ['batch', 4, 8] }, { shape: [-1, 32] }, ['batch', 32]],
    ['reshape', { x: ['batch', 4, 8] }, { shape: [-1, 8] }, ['4*batch', 8]],
    ['reshape', { x: ['4*batch', 8] }, { shape: [-1, 4, 8] }, ['batch', 4, 8]],
    ['flatten', { x: ['batch', 4, 8] }, {}, ['batch', 32]],
    ['flatten', { x: ['batch', 4, 8] }, { start: 0 }, ['32*batch']],
    ['concatenate', { x0: ['batch', 3], x1: ['batch', 4] }, {}, ['batch', 7]],
    ['concatenate', { x0: ['batch', 3], x1: [2, 3] }, { axis: 0 }, ['(batch+2)', 3]],
    ['mean', { x: ['batch', 4, 8] }, { axis: [1, 2] }, ['batch']],
    ['mean', { x: ['batch', 4, 8] }, {}, []],
    ['sum', { x: ['batch', 4] }, { axis: 0, keepdims: true }, [1, 4]],
    ['transpose', { x: ['batch', 'time', 8] }, { axes: [1, 0, 2] }, ['time', 'batch', 8]],
    ['matmul', { a: ['batch', 'time', 8], b: [8, 3] }, {}, ['batch', 'time', 3]],
    ['take', { x: [100, 8], indices: int('batch', 'time') }, {}, ['batch', 'time', 8]],
    ['oneHot', { x: int('batch') }, { numClasses: 10 }, ['batch', 10]],
    ['pad', { x: ['batch', 'time'] }, { padding: [0, [1, 2]] }, ['batch', '(time+3)']],
    ['maxPool', { x: ['batch', 'height', 9, 3] }, { window: [2, 2], strides: [2, 2] }, ['batch', '(floor((height-2)/2)+1)', 4, 3]],
    ['avgPool', { x: ['batch', 'time', 3] }, { window: [3], padding: 'SAME' }, ['batch', 'time', 3]],
    ['upsample', { x: ['batch', 'height', 4, 3] }, {}, ['batch', '2*height', 8, 3]],
    ['tile', { x: ['batch', 2] }, { repeats: [3, 2] }, ['3*batch', 4]],
    ['glu', { x: ['batch', '2*width'] }, {}, ['batch', 'width']],
    ['squeeze', { x: ['batch', 1] }, {}, ['batch']],
    ['softmaxCrossEntropyWithIntegerLabels', { logits: ['batch', 10], labels: int('batch') }, { reduction: 'none' }, ['batch']],
  ] as const)('%s of %j with %j', (type, inputs, args, expected) => {
    expect(shapeOf(type, inputs as unknown as Inputs, args as Args)).toEqual([expected]);
  });

  it('split gives each part its length', () => {
    expect(shapeOf('split', { x: ['batch', '2*width'] })).toEqual([
      ['batch', 'width'],
      ['batch', 'width'],
    ]);
    expect(shapeOf('split', { x: ['batch', 9] }, { sections: [2, 5] })).toEqual([
      ['batch', 2],
      ['batch', 3],
      ['batch', 4],
    ]);
  });
});

describe('where shapes do not fit', () => {
  it.each([
    ['add', { a: ['batch', 8], b: ['batch', 7] }, {}, 'shape/broadcast', /broadcasts with \(batch, 8\).*\(batch, 7\)/],
    ['add', { a: ['batch'], b: [32] }, {}, 'shape/broadcast', /\(batch,\).*\(32,\)/],
    ['reshape', { x: ['batch', 4] }, { shape: [8, -1] }, 'shape/size', /4\*batch numbers.*Use -1 for the axis/],
    ['reshape', { x: [2, 4] }, { shape: [3, 3] }, 'shape/size', /8 numbers.*\(3, 3\), which has 9/],
    ['reshape', { x: [2, 4] }, { shape: [-1, -1] }, 'param/shape', /at most one -1/],
    ['concatenate', { x0: ['batch', 3], x1: ['batch', 4, 1] }, {}, 'shape/concatenate', /\(batch, any\).*\(batch, 4, 1\)/],
    ['stack', { x0: [2, 3], x1: [3, 2] }, {}, 'shape/stack', /\(2, 3\).*\(3, 2\)/],
    ['split', { x: ['batch', 9] }, {}, 'shape/split', /2 divides/],
    ['softmax', { x: [2, 3] }, { axis: 2 }, 'param/range', /axis from -2 to 1.*2 for \(2, 3\)/],
    ['mean', { x: [2, 3] }, { axis: [0, -2] }, 'param/range', /each axis once/],
    ['relu', { x: int(3) }, {}, 'dtype', /float32.*int32.*cast/],
    ['oneHot', { x: [3] }, {}, 'dtype', /int32.*float32/],
    ['matmul', { a: [2, 3], b: [4, 5] }, {}, 'shape/matmul', /second-to-last axis of 3.*\(4, 5\)/],
    ['glu', { x: [2, 3] }, {}, 'shape/even', /even length/],
    ['squeeze', { x: [2, 3] }, { axis: 1 }, 'shape/squeeze', /length 1 of axis 1/],
    ['transpose', { x: [2, 3] }, { axes: [0, 0] }, 'param/range', /each of the 2 axes once/],
    ['tril', { x: [3] }, {}, 'shape/rank', /at least 2 axes/],
    ['maxPool', { x: [1, 2, 2, 1] }, { window: [3, 3] }, 'shape/window', /window of 3/],
    ['maxPool', { x: [1, 4, 4, 1] }, { window: [2, 2], strides: [1] }, 'param/range', /2 entries/],
    ['upsample', { x: [1, 4, 4, 1] }, { scale: [2] }, 'param/range', /2 factors/],
    ['pad', { x: [2, 3] }, { padding: [1] }, 'param/range', /2 pairs/],
    ['clip', { x: [2] }, { min: 2, max: 1 }, 'param/range', /max from 2 on/],
    ['where', { condition: [2], a: [2], b: [2] }, {}, 'dtype', /bool.*float32/],
    ['take', { x: [3], indices: [2] }, {}, 'dtype', /int32/],
    ['takeAlongAxis', { x: [3, 2], indices: int(2) }, {}, 'shape/indices', /\(3, any\)/],
    ['meanSquaredError', { predictions: ['batch', 1], targets: ['batch'] }, {}, 'shape/target', /\(batch, 1\).*\(batch,\)/],
    [
      'softmaxCrossEntropyWithIntegerLabels',
      { logits: ['batch', 10], labels: int('batch', 10) },
      {},
      'shape/labels',
      /one integer per example/,
    ],
    ['softmaxCrossEntropy', { logits: [3, 2], labels: [3, 2] }, { axis: 0, labelSmoothing: 0.1 }, 'param/range', /last axis/],
    [
      'softmaxCrossEntropy',
      { logits: [3, 2], labels: [3, 2], where: { shape: [2], dtype: 'bool' } },
      {},
      'shape/broadcast',
      /\(3, 2\), or to \(3,\)/,
    ],
    ['slice', { x: [2, 3] }, { index: '0, 0, 0' }, 'param/range', /at most 2 parts/],
    ['globalAveragePool', { x: [2, 3] }, {}, 'shape/rank', /at least 3 axes/],
    ['broadcastTo', { x: [2, 3] }, { shape: [3, 3] }, 'shape/broadcast', /\(3, 3\)/],
    ['einsum', { x0: [2, 3], x1: [4, 5] }, {}, 'shape/einsum', /length 3 of j/],
    ['einsum', { x0: { shape: [2, 3], dtype: 'bool' }, x1: [3, 2] }, {}, 'dtype', /float32 or int32.*bool.*"x0"/],
    ['add', { a: { shape: [2], dtype: 'bool' }, b: { shape: [2], dtype: 'bool' } }, {}, 'dtype', /float32 or int32.*bool.*"b"/],
    ['max', { x: [2, 0] }, { axis: 1 }, 'shape/empty', /at least one entry along axis 1.*\(2, 0\)/],
    ['argmin', { x: [0] }, {}, 'shape/empty', /at least one entry along axis 0/],
    ['take', { x: [2, 0], indices: int(1) }, { axis: -1 }, 'shape/empty', /at least one entry along axis -1/],
    ['pad', { x: [2, 0] }, { padding: 1, mode: 'wrap' }, 'param/range', /constant where an axis is empty.*Axis 1/],
  ] as const)('%s of %j with %j says %s', (type, inputs, args, code, message) => {
    let error: unknown;
    try {
      infer(type, inputs as unknown as Inputs, args as Args);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(RejectionError);
    expect((error as RejectionError).rejection.code).toBe(code);
    expect((error as RejectionError).message).toMatch(message);
  });
});
