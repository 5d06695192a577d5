/**
 * @file Reading many tensors at once. On WebGL each `tensor.data()` runs a program that puts the numbers in order, waits for a fence of its
 * own, and takes the texture away from the card; here all textures are copied as they are into one buffer behind one fence, and
 * the tensors stay where they are.
 */
import { cardIsDone, type FenceGl } from './fence.ts';
import { layoutOf, numbersIn, type TextureData, type TextureLayout } from './texture-layout.ts';
import { tf } from './tf.ts';

/** Numbers as TensorFlow.js reads them: float32, int32, bool. */
export type Values = Float32Array | Int32Array | Uint8Array;

interface Gl extends FenceGl {
  readonly PIXEL_PACK_BUFFER: number;
  readonly STREAM_READ: number;
  readonly RGBA: number;
  readonly RED: number;
  readonly FLOAT: number;
  readonly IMPLEMENTATION_COLOR_READ_FORMAT: number;
  readonly IMPLEMENTATION_COLOR_READ_TYPE: number;
  getParameter(name: number): unknown;
  createBuffer(): object;
  deleteBuffer(buffer: object): void;
  bindBuffer(target: number, buffer: object | null): void;
  bufferData(target: number, bytes: number, usage: number): void;
  readPixels(x: number, y: number, width: number, height: number, format: number, type: number, offset: number): void;
  getBufferSubData(target: number, offset: number, into: Float32Array): void;
}

interface Gpgpu {
  readonly gl: Gl;
  bindTextureToFrameBuffer(texture: object): void;
  unbindTextureToFrameBuffer(): void;
}

interface WebglBackend {
  readonly gpgpu: Gpgpu;
  readonly texData: { get(id: object): TextureData & { readonly values: Values | null } };
}

/** A texture to copy, and which of the tensors it is. */
interface OnCard {
  readonly index: number;
  readonly texture: object;
  readonly layout: TextureLayout;
}

/** The numbers of all, row-major, in the order of the tensors, which stay the caller's and may be disposed at once. */
export async function readMany(tensors: readonly tf.Tensor[]): Promise<Values[]> {
  if (tf.getBackend() !== 'webgl') return Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Values));
  const backend = tf.backend() as unknown as WebglBackend;
  const read: Values[] = [];
  const onCard: OnCard[] = [];
  const alone: Promise<unknown>[] = [];
  for (const [index, tensor] of tensors.entries()) {
    const data = backend.texData.get(tensor.dataId);
    const layout = tensor.size > 0 && !data.values ? layoutOf(data, tensor.size) : undefined;
    if (data.values && !data.slice) read[index] = data.values;
    else if (layout) onCard.push({ index, texture: data.texture!.texture, layout });
    else alone.push(tensor.data().then((values) => (read[index] = values as Values)));
  }
  const types = tensors.map(({ dtype }) => dtype);
  if (onCard.length > 0) for (const [i, numbers] of await readTextures(backend.gpgpu, onCard)) read[i] = typed(numbers, types[i]!);
  await Promise.all(alone);
  return read;
}

async function readTextures(gpgpu: Gpgpu, asked: readonly OnCard[]): Promise<[number, Float32Array][]> {
  const { gl } = gpgpu;
  const lanes = { one: lanesOfSingles(gpgpu, asked), four: 4 };
  let floats = 0;
  const places = asked.map(({ index, texture, layout }) => {
    const place = { index, texture, layout, lanes: layout.isPacked ? lanes.four : lanes.one, offset: floats };
    // A texel may not begin inside of another one: the card would be waited for, and Chromium warns of it.
    floats += 4 * Math.ceil((place.lanes * layout.width * layout.height) / 4);
    return place;
  });
  const buffer = gl.createBuffer();
  try {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, 4 * floats, gl.STREAM_READ);
    for (const { texture, layout, lanes, offset } of places) {
      gpgpu.bindTextureToFrameBuffer(texture);
      gl.readPixels(0, layout.top, layout.width, layout.height, lanes === 4 ? gl.RGBA : gl.RED, gl.FLOAT, 4 * offset);
    }
    gpgpu.unbindTextureToFrameBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    await cardIsDone(gl);
    const all = new Float32Array(floats);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, all);
    return places.map(({ index, layout, lanes, offset }) => [index, numbersIn(all, offset, layout, lanes)]);
  } finally {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(buffer);
  }
}

/** Asking waits for the driver. */
const known = new WeakMap<Gl, number>();

/** Four of a texel can always be read; one where the driver says so, which is a quarter of the bytes and no conversion. */
function lanesOfSingles(gpgpu: Gpgpu, asked: readonly OnCard[]): number {
  const { gl } = gpgpu;
  const single = asked.find(({ layout }) => !layout.isPacked);
  // What is said of 32 bits does not hold for 16.
  if (!single || !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return 4;
  let lanes = known.get(gl);
  if (lanes === undefined) {
    gpgpu.bindTextureToFrameBuffer(single.texture);
    const [format, type] = [gl.IMPLEMENTATION_COLOR_READ_FORMAT, gl.IMPLEMENTATION_COLOR_READ_TYPE].map((name) => gl.getParameter(name));
    gpgpu.unbindTextureToFrameBuffer();
    lanes = format === gl.RED && type === gl.FLOAT ? 1 : 4;
    known.set(gl, lanes);
  }
  return lanes;
}

/** Textures hold floats, whatever the numbers are. */
function typed(numbers: Float32Array, dtype: tf.DataType): Values {
  if (dtype === 'int32') return Int32Array.from(numbers, Math.round);
  return dtype === 'bool' ? Uint8Array.from(numbers) : numbers;
}
