/**
 * @file Elementwise formulas that run as one kernel: one loop on the CPU, one shader on WebGL, where TensorFlow.js would take a kernel
 * for every sign in the formula. They have no gradient: they are for what happens outside of a tape, such as a step of an optimiser.
 */
import { tf } from './tf.ts';

/** A formula over tensors of one shape and numbers, written once for each backend. */
export interface FusedFormula {
  /** Unique among all kernels. */
  readonly name: string;
  /** One capital letter per input tensor, as the shader calls them. */
  readonly tensors: readonly string[];
  /** The numbers, as the shader calls them. */
  readonly numbers: readonly string[];
  /** An expression over vectors of four of the tensors' elements and over the numbers. */
  readonly shader: string;
  /** The same for whole arrays. */
  readonly loop: (out: Float32Array, tensors: readonly Float32Array[], numbers: readonly number[]) => void;
}

interface CpuBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

interface WebglBackend {
  runWebGLProgram(program: object, inputs: tf.TensorInfo[], dtype: 'float32', numbers: number[][]): tf.TensorInfo;
}

/** Registers the formula for both backends. The function that comes back makes one new tensor, of the shape that all of its inputs have. */
export function defineFused(formula: FusedFormula): (tensors: readonly tf.Tensor[], numbers: readonly number[]) => tf.Tensor {
  const inOrder = (inputs: object) => formula.tensors.map((name) => (inputs as Record<string, tf.TensorInfo>)[name]!);
  const numbersOf = (attributes: object | undefined) => (attributes as { numbers: readonly number[] }).numbers;

  tf.registerKernel({
    kernelName: formula.name,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as unknown as CpuBackend;
      const given = inOrder(inputs);
      const out = new Float32Array(tf.util.sizeFromShape(given[0]!.shape));
      const arrays = given.map((tensor) => cpu.data.get(tensor.dataId).values);
      formula.loop(out, arrays, numbersOf(attrs));
      return cpu.makeTensorInfo(given[0]!.shape, 'float32', out);
    },
  });
  tf.registerKernel({
    kernelName: formula.name,
    backendName: 'webgl',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const given = inOrder(inputs);
      const numbers = numbersOf(attrs).map((value) => [value]);
      return (backend as unknown as WebglBackend).runWebGLProgram(makeProgram(formula, given[0]!.shape), given, 'float32', numbers);
    },
  });

  return (tensors, numbers) => {
    const { shape } = tensors[0]!;
    for (const tensor of tensors)
      if (!tf.util.arraysEqual(tensor.shape, shape))
        throw new Error(`${formula.name} expected tensors of one shape, got [${shape.join(', ')}] and [${tensor.shape.join(', ')}].`);
    const inputs = Object.fromEntries(tensors.map((tensor, i) => [formula.tensors[i]!, tensor]));
    return tf.engine().runKernel<tf.Tensor>(formula.name, inputs, { numbers: [...numbers] });
  };
}

/** Four elements at a time: most tensors lie packed like that already, and are then read as they are. */
function makeProgram(formula: FusedFormula, shape: readonly number[]): object {
  return {
    variableNames: formula.tensors,
    packedInputs: true,
    packedOutput: true,
    outputShape: shape,
    // Shapes as uniforms: one compiled shader serves all parameters of a rank. The library has it up to rank 4.
    enableShapeUniforms: shape.length <= 4 && tf.env().getBool('WEBGL_USE_SHAPES_UNIFORMS'),
    customUniforms: formula.numbers.map((name) => ({ name, type: 'float' })),
    userCode: `
      void main() {
        ${formula.tensors.map((name) => `vec4 ${name.toLowerCase()} = get${name}AtOutCoords();`).join('\n        ')}
        setOutput(${formula.shader});
      }
    `,
  };
}
