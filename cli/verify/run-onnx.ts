/** @file Runs a file of ONNX by ONNX Runtime, compiled to WebAssembly. */
import type { StoredTensor } from '../../core/index.ts';

export interface GivenTensor {
  readonly name: string;
  readonly tensor: StoredTensor;
}

interface Tensor {
  readonly dims: readonly number[];
  readonly data: unknown;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

/** What is used of the package, which whoever runs it has imported. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(bytes: Uint8Array): Promise<Session> };
  readonly Tensor: new (type: 'float32' | 'int32' | 'bool', data: never, shape: readonly number[]) => Tensor;
  readonly env: { readonly wasm: { numThreads?: number }; logLevel?: 'verbose' | 'info' | 'warning' | 'error' | 'fatal' };
}

const TYPES = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const;

/** The outputs in the order of the file, which also is that of the inputs. */
export async function runOnnx(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  inputs: readonly GivenTensor[],
): Promise<readonly Pick<StoredTensor, 'shape' | 'data'>[]> {
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'error';
  const session = await runtime.InferenceSession.create(bytes);
  try {
    const feeds = session.inputNames.map((name, i): readonly [string, Tensor] => {
      const { dtype, data, shape } = inputs[i]!.tensor;
      return [name, new runtime.Tensor(TYPES[dtype as keyof typeof TYPES], data as never, shape)];
    });
    const results = await session.run(Object.fromEntries(feeds));
    return session.outputNames.map((name) => {
      const { dims, data } = results[name]!;
      return { shape: dims, data: data as StoredTensor['data'] };
    });
  } finally {
    await session.release();
  }
}
