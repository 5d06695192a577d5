/**
 * @file Elementwise shaders that give what the CPU gives for zeros, infinities and NaN. The library's own have 0/0 = 1,
 * log(0) = -88, relu(-Infinity) = NaN, leave four neighbours unclipped if one of them is NaN, and have three digits of sines. Powers and
 * logarithms are those of `precise.ts`, on every GPU.
 */
import { binaryKernelFunc } from '@tensorflow/tfjs-backend-webgl/dist/kernel_utils/kernel_funcs_utils';
import { UnaryOpPackedProgram } from '@tensorflow/tfjs-backend-webgl/dist/unaryop_packed_gpu';
import * as tf from '@tensorflow/tfjs-core';
import { GATE } from '../gate.ts';
import { callKernel, type Kernel, replaceKernel, takeShape, type WebglBackend } from './kernel.ts';
import { INF, PRECISE, QUIET_NAN } from './precise.ts';

/** Whether a number has a minus, -0 included: 1 / -0 is -Infinity. */
const isBelow = (x: string) => `((floatBitsToUint(${x}) & 0x80000000u) != 0u)`;

const CHANNELS = ['r', 'g', 'b', 'a'] as const;

/** A scalar expression over operands as the body of a function of one number, and of a function of four. */
function snippets(body: string, operands: readonly [from: string, to: string][]): { opSnippet: string; packedOpSnippet: string } {
  const single = operands.map(([from, to]) => `float ${to} = ${from};`).join(' ');
  const four = CHANNELS.map(
    (c) => `{ ${operands.map(([from, to]) => `float ${to} = ${from}.${c};`).join(' ')} float outcome; ${body} result.${c} = outcome; }`,
  );
  return {
    opSnippet: `${single} float outcome; ${body} return outcome;`,
    packedOpSnippet: `vec4 result; ${four.join('\n')} return result;`,
  };
}

type KernelFunction = (params: { inputs: unknown; backend: unknown; attrs?: unknown }) => unknown;

/** A kernel of one tensor from a GLSL statement that sets `outcome` from `v`, and the functions that it calls. */
function unary(body: string, functions = ''): Kernel {
  const code = `${functions}
    float outcomeOf(float v) { float outcome; ${body} return outcome; }
    void main() {
      vec4 x = getAAtOutCoords();
      setOutput(vec4(outcomeOf(x.r), outcomeOf(x.g), outcomeOf(x.b), outcomeOf(x.a)));
    }`;
  return ({ x }, _attributes, backend) => {
    const program = new UnaryOpPackedProgram(x!.shape, '');
    program.userCode = code;
    return backend.runWebGLProgram(program, [x!], x!.dtype);
  };
}

/** A kernel of two tensors from a GLSL statement that sets `outcome` from `v` and `w`. */
function binary(body: string): Kernel {
  const given = snippets(body, [
    ['a', 'v'],
    ['b', 'w'],
  ]);
  const run = binaryKernelFunc({ ...given, checkOutOfBounds: true }) as unknown as KernelFunction;
  return (inputs, _attributes, backend) => run({ inputs, backend }) as tf.TensorInfo;
}

// A quotient of equal numbers is exactly 1: some GPUs would give 0.9999999.
const DIVIDE = `
  outcome = v / w;
  if (w == 0.0) outcome = v == 0.0 || isnan(v) ? ${QUIET_NAN} : (v < 0.0) != ${isBelow('w')} ? -${INF} : ${INF};
  else if (v == w) outcome = abs(v) < ${INF} ? 1.0 : ${QUIET_NAN};`;

const LOG = 'outcome = preciseLog(v);';
const LOG1P = 'outcome = preciseLog1p(v);';
const EXP = 'outcome = preciseExp(v);';
const EXPM1 = 'outcome = preciseExpm1(v);';
const ELU = 'outcome = v < 0.0 ? preciseExpm1(v) : v;';
const SIGMOID = 'outcome = 1.0 / (1.0 + preciseExp(-v));';

// With 1 - 2 / (e^2v + 1) small numbers would lose their digits.
const TANH = `
  float m = abs(v);
  if (isnan(v)) outcome = v;
  else if (m < 0.25) { float s = v * v; outcome = v * (1.0 - s * (0.33333334 - s * (0.13333334 - s * (0.053968254 - s * 0.021869488)))); }
  else { float e = preciseExp(-2.0 * m); outcome = sign(v) * (1.0 - e) / (1.0 + e); }`;

// Minimax polynomials of N. Juffa: x + x p(x²), and 1 - exp(p(x)) beyond 0.93. Nothing cancels in either.
const ERF = `
  float t = abs(v);
  float s = v * v;
  if (isnan(v)) outcome = v;
  else if (t > 0.927734375) {
    float r = (-1.72853470e-5 * t + 3.83197126e-4) * s + (-3.88396438e-3 * t + 2.42546219e-2);
    r = ((r * t - 1.06777877e-1) * t - 6.34846687e-1) * t - 1.28717512e-1;
    outcome = t > 4.0 ? 1.0 : 1.0 - preciseExp(r * t - t);
    outcome = v < 0.0 ? -outcome : outcome;
  } else {
    float r = (((-5.96761703e-4 * s + 4.99119423e-3) * s - 2.67681349e-2) * s + 1.12819925e-1) * s - 3.76125336e-1;
    outcome = (r * s + 1.28379166e-1) * v + v;
  }`;

// GPUs need not have more than three digits here. The angle is brought to ±π/4 by taking quarter turns off in three parts, of which the
// first ones have few bits, so that nothing is rounded; then the polynomials of Cephes.
const turned = (shift: string) => `
  if (isnan(v) || abs(v) == ${INF}) outcome = ${QUIET_NAN};
  else {
    float n = floor(v * 0.63661977 + 0.5);
    float r = ((v - n * 1.5703125) - n * 4.837513e-4) - n * 7.54979e-8;
    float s = r * r;
    float sine = r + r * s * (-1.6666654e-1 + s * (8.332161e-3 - s * 1.9515296e-4));
    float cosine = 1.0 - 0.5 * s + s * s * (4.1666646e-2 + s * (-1.3887316e-3 + s * 2.4433157e-5));
    float quarter = mod(n + ${shift}, 4.0);
    float size = mod(quarter, 2.0) == 0.0 ? sine : cosine;
    outcome = quarter >= 2.0 ? -size : size;
  }`;

const RELU = 'outcome = isnan(v) ? v : max(v, 0.0);';
const RELU6 = 'outcome = isnan(v) ? v : clamp(v, 0.0, 6.0);';
const GATED = 'outcome = w > 0.0 ? v : 0.0;';
const PRELU = 'outcome = v < 0.0 ? w * v : v;';
const SOFTPLUS = 'if (isnan(v)) outcome = v; else outcome = max(v, 0.0) + preciseLog1p(preciseExp(-abs(v)));';

const POW = `
  float size = pow(abs(v), w);
  if (v == 0.0) size = w > 0.0 ? 0.0 : ${INF};
  bool odd = mod(w, 2.0) == 1.0;
  if (w == 0.0) outcome = 1.0;
  else if (isnan(v) || isnan(w) || (v < 0.0 && floor(w) < w)) outcome = ${QUIET_NAN};
  else outcome = ${isBelow('v')} && odd ? -size : size;`;

/** Clips by comparing, which leaves NaN alone. */
const clip: Kernel = (inputs, { clipValueMin, clipValueMax }, backend) => {
  const fill = (value: unknown) => callKernel('Fill', {}, { shape: [], value, dtype: 'float32' }, backend);
  const [low, high] = [fill(clipValueMin), fill(clipValueMax)];
  const raised = callKernel('Maximum', { a: inputs['x']!, b: low }, {}, backend);
  const clipped = callKernel('Minimum', { a: raised, b: high }, {}, backend);
  for (const info of [low, high, raised]) backend.disposeIntermediateTensorInfo(info);
  return clipped;
};

const prelu = binary(PRELU);

/** Over the last axis. The library's own calls its own quotient and maximum, not those that stand in the registry. */
const softmax: Kernel = ({ logits }, { dim }, backend) => {
  const axes = [tf.util.parseAxisParam(dim as number, logits!.shape)[0]!];
  const call = (name: string, inputs: Record<string, tf.TensorInfo>, attributes: Record<string, unknown> = {}) =>
    callKernel(name, inputs, attributes, backend);
  const largest = call('Max', { x: logits! }, { reductionIndices: axes, keepDims: true });
  const shifted = call('Sub', { a: logits!, b: largest });
  const powers = call('Exp', { x: shifted });
  const sum = takeShape(call('Sum', { x: powers }, { axis: axes, keepDims: false }), largest.shape, backend);
  const result = call('RealDiv', { a: powers, b: sum });
  for (const info of [largest, shifted, powers, sum]) backend.disposeIntermediateTensorInfo(info);
  return result;
};

/** Replaces the kernels, and adds one. */
export function mendElementwise(): void {
  const gate = binary(GATED);
  tf.registerKernel({
    kernelName: GATE,
    backendName: 'webgl',
    kernelFunc: ({ inputs, backend }) => gate(inputs as Record<string, tf.TensorInfo>, {}, backend as unknown as WebglBackend),
  });
  replaceKernel('RealDiv', () => binary(DIVIDE));
  replaceKernel('Pow', () => binary(POW));
  replaceKernel('Log', () => unary(LOG, PRECISE.log));
  replaceKernel('Log1p', () => unary(LOG1P, PRECISE.log1p));
  replaceKernel('Exp', () => unary(EXP, PRECISE.exp));
  replaceKernel('Expm1', () => unary(EXPM1, PRECISE.expm1));
  replaceKernel('Elu', () => unary(ELU, PRECISE.expm1));
  replaceKernel('Erf', () => unary(ERF, PRECISE.exp));
  replaceKernel('Sigmoid', () => unary(SIGMOID, PRECISE.exp));
  replaceKernel('Sin', () => unary(turned('0.0')));
  replaceKernel('Cos', () => unary(turned('1.0')));
  replaceKernel('Tanh', () => unary(TANH, PRECISE.exp));
  replaceKernel('Relu', () => unary(RELU));
  replaceKernel('Relu6', () => unary(RELU6));
  replaceKernel('Softplus', () => unary(SOFTPLUS, PRECISE.exp + PRECISE.log1p));
  replaceKernel('ClipByValue', () => clip);
  replaceKernel('Softmax', () => softmax);
  replaceKernel(
    'Prelu',
    () =>
      ({ x, alpha }, attributes, backend) =>
        prelu({ a: x!, b: alpha! }, attributes, backend),
  );
  replaceKernel('LeakyRelu', () => ({ x }, { alpha }, backend) => {
    const slope = callKernel('Fill', {}, { shape: [], value: alpha, dtype: 'float32' }, backend);
    const result = prelu({ a: x!, b: slope }, {}, backend);
    backend.disposeIntermediateTensorInfo(slope);
    return result;
  });
}
