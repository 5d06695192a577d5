/** @file Runs files of ONNX by ONNX Runtime, compiled to WebAssembly. */
import * as ort from 'onnxruntime-web/wasm';
import type { StoredTensor } from '../weights/safetensors.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const TYPES = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const;

export interface GivenTensor {
  readonly name: string;
  readonly tensor: StoredTensor;
}

/** The outputs in the order of the file, which also is that of the inputs. */
export async function runOnnx(bytes: Uint8Array, inputs: readonly GivenTensor[]): Promise<readonly Pick<StoredTensor, 'shape' | 'data'>[]> {
  const session = await ort.InferenceSession.create(bytes);
  try {
    const feeds = session.inputNames.map((name, i): readonly [string, ort.Tensor] => {
      const { dtype, data, shape } = inputs[i]!.tensor;
      return [name, new ort.Tensor(TYPES[dtype as keyof typeof TYPES], data as never, shape)];
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
