/**
 * @file Reading many tensors at once. On WebGL each `tensor.data()` waits for a fence of its own, and takes the texture away from the card;
 * here all are copied into one buffer behind one fence, and the tensors stay where they are.
 */
import { tf } from './tf.ts';

/** Numbers as TensorFlow.js reads them: float32, int32, bool. */
export type Values = Float32Array | Int32Array | Uint8Array;

interface Gl {
  readonly PIXEL_PACK_BUFFER: number;
  readonly STREAM_READ: number;
  readonly RGBA: number;
  readonly FLOAT: number;
  createBuffer(): object;
  deleteBuffer(buffer: object): void;
  bindBuffer(target: number, buffer: object | null): void;
  bufferData(target: number, bytes: number, usage: number): void;
  readPixels(x: number, y: number, width: number, height: number, format: number, type: number, offset: number): void;
  getBufferSubData(target: number, offset: number, into: Float32Array): void;
}

interface TextureData {
  readonly values: Values | null;
  readonly slice?: object;
  readonly texture: { readonly texture: object };
}

interface WebglBackend {
  readonly gpgpu: {
    readonly gl: Gl;
    bindTextureToFrameBuffer(texture: object): void;
    unbindTextureToFrameBuffer(): void;
    createAndWaitForFence(): Promise<void>;
  };
  readonly texData: { get(id: object): TextureData };
  /** The numbers in their order, four in each texel, in a texture of its own. */
  decode(id: object): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

interface Copied {
  readonly index: number;
  /** In bytes. */
  readonly offset: number;
}

/** The numbers of all, row-major, in the order of the tensors, which stay the caller's and must not be disposed meanwhile. */
export async function readMany(tensors: readonly tf.Tensor[]): Promise<Values[]> {
  if (tf.getBackend() !== 'webgl') return Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Values));
  const backend = tf.backend() as unknown as WebglBackend;
  const read: Values[] = [];
  const onCard: number[] = [];
  const alone: number[] = [];
  for (const [i, tensor] of tensors.entries()) {
    const { values, slice } = backend.texData.get(tensor.dataId);
    if (tensor.size === 0 || slice) alone.push(i);
    else if (values) read[i] = values;
    else onCard.push(i);
  }
  const rest = Promise.all(alone.map(async (i) => (read[i] = (await tensors[i]!.data()) as Values)));
  if (onCard.length > 0) for (const [i, values] of await readTextures(backend, tensors, onCard)) read[i] = values;
  await rest;
  return read;
}

async function readTextures(backend: WebglBackend, tensors: readonly tf.Tensor[], which: readonly number[]): Promise<Map<number, Values>> {
  const { gpgpu } = backend;
  const { gl } = gpgpu;
  const texelsOf = (size: number) => tf.util.sizeToSquarishShape(Math.ceil(size / 4));
  let bytes = 0;
  const copied = which.map((index): Copied => {
    const offset = bytes;
    const [rows, columns] = texelsOf(tensors[index]!.size);
    bytes += 16 * rows * columns;
    return { index, offset };
  });
  const buffer = gl.createBuffer();
  try {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, bytes, gl.STREAM_READ);
    for (const { index, offset } of copied) {
      const { dataId, size } = tensors[index]!;
      const dense = backend.decode(dataId);
      const [rows, columns] = texelsOf(size);
      gpgpu.bindTextureToFrameBuffer(backend.texData.get(dense.dataId).texture.texture);
      gl.readPixels(0, 0, columns, rows, gl.RGBA, gl.FLOAT, offset);
      gpgpu.unbindTextureToFrameBuffer();
      backend.disposeIntermediateTensorInfo(dense);
    }
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    await gpgpu.createAndWaitForFence();
    const all = new Float32Array(bytes / 4);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, all);
    return new Map(copied.map(({ index, offset }) => [index, typed(all.subarray(offset / 4), tensors[index]!)]));
  } finally {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(buffer);
  }
}

/** Textures hold floats, whatever the numbers are. */
function typed(numbers: Float32Array, { size, dtype }: tf.Tensor): Values {
  const own = numbers.subarray(0, size);
  if (dtype === 'int32') return Int32Array.from(own, Math.round);
  return dtype === 'bool' ? Uint8Array.from(own) : own;
}
