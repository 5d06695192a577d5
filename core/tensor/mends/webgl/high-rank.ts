/**
 * @file Kernels that WebGL has for four axes only, up to six. Each axis is worked on by itself, with all axes before it as one and all
 * after it as one.
 */
import * as tf from '@tensorflow/tfjs-core';
import { inShape, type Kernel, replaceKernel, reshape, sizeOf, takeShape, type WebglBackend } from './kernel.ts';

const NATIVE_RANK = 4;

/** Runs a kernel along one axis of [before, n, after] for each axis that needs it. The caller owns the result. */
function alongEach(
  x: tf.TensorInfo,
  needs: (axis: number) => boolean,
  run: (x: tf.TensorInfo, axis: number) => tf.TensorInfo,
  backend: WebglBackend,
): tf.TensorInfo {
  let result = reshape(x, x.shape, backend);
  for (const axis of x.shape.keys()) {
    if (!needs(axis)) continue;
    const shape = [...result.shape];
    const [before, n, after] = [sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1))];
    const changed = inShape(result, [before, n, after], backend, (view) => run(view, axis));
    backend.disposeIntermediateTensorInfo(result);
    shape[axis] = changed.shape[1]!;
    result = takeShape(changed, shape, backend);
  }
  return result;
}

type Paddings = [number, number][];
const none: [number, number] = [0, 0];

function padLike(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const x = inputs['x']!;
    const paddings = attributes['paddings'] as Paddings;
    if (x.shape.length <= NATIVE_RANK) return original(inputs, attributes, backend);
    const padded = (axis: number) => paddings[axis]![0] + paddings[axis]![1] > 0;
    const pad = (view: tf.TensorInfo, axis: number) =>
      original({ x: view }, { ...attributes, paddings: [none, paddings[axis]!, none] }, backend);
    return alongEach(x, padded, pad, backend);
  };
}

function reverse(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const x = inputs['x']!;
    const dims = tf.util.parseAxisParam(attributes['dims'] as number[], x.shape);
    // The library turns a single axis even if it is not named.
    if (dims.length === 0) return reshape(x, x.shape, backend);
    if (x.shape.length <= NATIVE_RANK) return original(inputs, attributes, backend);
    return alongEach(
      x,
      (axis) => dims.includes(axis),
      (view) => original({ x: view }, { dims: [1] }, backend),
      backend,
    );
  };
}

function tile(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const x = inputs['x']!;
    const reps = attributes['reps'] as number[];
    if (x.shape.length <= NATIVE_RANK) return original(inputs, attributes, backend);
    return alongEach(
      x,
      (axis) => reps[axis] !== 1,
      (view, axis) => original({ x: view }, { reps: [1, reps[axis]!, 1] }, backend),
      backend,
    );
  };
}

/** Numbers are chosen one by one, so the axes do not matter. */
function select(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const [condition, t, e] = [inputs['condition']!, inputs['t']!, inputs['e']!];
    if (t.shape.length <= NATIVE_RANK || !tf.util.arraysEqual(condition.shape, t.shape)) return original(inputs, attributes, backend);
    const shape = [t.shape[0]!, sizeOf(t.shape.slice(1))];
    const [c, a, b] = [condition, t, e].map((info) => reshape(info, shape, backend));
    const chosen = original({ condition: c!, t: a!, e: b! }, attributes, backend);
    for (const view of [c!, a!, b!]) backend.disposeIntermediateTensorInfo(view);
    return takeShape(chosen, t.shape, backend);
  };
}

interface Slice {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
}

function stridedSlice(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const x = inputs['x']!;
    if (x.shape.length <= NATIVE_RANK) return original(inputs, attributes, backend);
    const { begin, end, strides } = attributes as unknown as Slice;
    const masks = ['beginMask', 'endMask', 'ellipsisMask', 'newAxisMask', 'shrinkAxisMask'].map((name) => attributes[name] as number);
    const info = tf.slice_util.sliceInfo(x.shape, begin, end, strides, ...(masks as [number, number, number, number, number]));
    const whole = (axis: number) => info.strides[axis] === 1 && info.begin[axis] === 0 && info.end[axis] === x.shape[axis];
    const one = (view: tf.TensorInfo, axis: number) => {
      // An end of -1 of a backward slice means "up to the first", which a mask must say.
      const open = info.end[axis]! < 0;
      const along = { begin: [0, info.begin[axis]!, 0], end: [view.shape[0]!, open ? 0 : info.end[axis]!, view.shape[2]!] };
      const rest = { strides: [1, info.strides[axis]!, 1], beginMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
      return original({ x: view }, { ...along, ...rest, endMask: open ? 2 : 0 }, backend);
    };
    return takeShape(
      alongEach(x, (axis) => !whole(axis), one, backend),
      info.finalShape,
      backend,
    );
  };
}

function cumulative(original: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const x = inputs['x']!;
    if (x.shape.length <= NATIVE_RANK) return original(inputs, attributes, backend);
    const along = attributes['axis'] as number;
    return alongEach(
      x,
      (axis) => axis === along,
      (view) => original({ x: view }, { ...attributes, axis: 1 }, backend),
      backend,
    );
  };
}

/** Replaces the kernels. */
export function mendHighRank(): void {
  replaceKernel('PadV2', padLike);
  replaceKernel('MirrorPad', padLike);
  replaceKernel('Reverse', reverse);
  replaceKernel('Tile', tile);
  replaceKernel('Select', select);
  replaceKernel('StridedSlice', stridedSlice);
  replaceKernel('Cumsum', cumulative);
  replaceKernel('Cumprod', cumulative);
}
