/**
 * @file Memory of the graphics card. TensorFlow.js keeps the textures that no tensor uses any more and takes them again for tensors of the
 * same size, for ever, or deletes them beyond a fixed limit: then a step that needs more makes all of its textures anew. Here they are
 * kept while work goes on, which is what its largest moment needs of every size and no more, and freed when it ends. A card that has
 * no more is noticed, and what was free is given back.
 */
import { tf } from './tf.ts';

interface Texture {
  readonly texture: object;
}

type Acquire = (shape: [number, number], usage: number, isPacked: boolean) => Texture;

/** The library's lists of textures in use, by their sizes. */
type UsedTextures = Record<string, Pick<Texture[], 'length' | 'push' | 'pop' | 'indexOf' | 'forEach'>>;

/** The parts of the library's texture manager that are worked on here. */
interface TextureManager {
  readonly gpgpu: { readonly gl: { getError(): number }; deleteMatrixTexture(texture: object): void };
  readonly freeTextures: Record<string, Texture[]>;
  usedTextures: UsedTextures;
  readonly numBytesAllocated: number;
  readonly numBytesFree: number;
  numFreeTextures: number;
  _numBytesAllocated: number;
  _numBytesFree: number;
  acquireTexture: Acquire;
  releaseTexture(texture: Texture, ...made: Parameters<Acquire>): void;
}

/** So much may stay for the next piece of work: small models never wait for textures. */
const KEPT_BYTES = 64 * 2 ** 20;
/** Asking for errors waits for the card, so it is done whenever so much was added. */
const BYTES_BETWEEN_CHECKS = 64 * 2 ** 20;
const OUT_OF_MEMORY = 0x0505;

/** Of the WebGL backend; the others have none. */
function textureManager(): TextureManager | undefined {
  return (tf.backend() as unknown as { readonly textureManager?: TextureManager }).textureManager;
}

/** Bytes of textures on the card: all, and those that no tensor uses. Zeros where there is no WebGL. */
export function textureBytes(): { readonly allocated: number; readonly free: number } {
  const manager = textureManager();
  return { allocated: manager?.numBytesAllocated ?? 0, free: manager?.numBytesFree ?? 0 };
}

/** Gives the textures back that no tensor uses, if they are more than a few. Call it when a piece of work has ended. */
export function releaseTextures(keptBytes = KEPT_BYTES): void {
  const manager = textureManager();
  if (manager && manager.numBytesFree > keptBytes) deleteFree(manager);
}

/**
 * Notices when the card has no memory left, which WebGL says only when asked: the numbers would be wrong without a word. What is free is
 * given back then, from now on no more than what the card had is kept, and `onFull` must throw.
 */
export function watchTextureMemory(onFull: (allocatedBytes: number) => never): void {
  const manager = textureManager();
  if (!manager || Object.hasOwn(manager, 'acquireTexture')) return;
  const acquire = manager.acquireTexture;
  let checkedBytes = 0;
  manager.acquireTexture = (...asked) => {
    const texture = acquire.apply(manager, asked);
    const bytes = manager.numBytesAllocated;
    checkedBytes = Math.min(checkedBytes, bytes);
    if (bytes < checkedBytes + BYTES_BETWEEN_CHECKS) return texture;
    if (!isFull(manager)) {
      checkedBytes = bytes;
      return texture;
    }
    tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', checkedBytes);
    manager.releaseTexture(texture, ...asked);
    deleteFree(manager);
    return onFull(bytes);
  };
}

/**
 * Finds a texture in use at once. The library looks through the list of all textures of the same size whenever one is given back: a network
 * of 10,000 layers has a hundred thousand of them.
 */
export function findTexturesAtOnce(): void {
  const manager = textureManager();
  if (!manager || manager.usedTextures['all'] instanceof TextureSet) return;
  const all = new TextureSet();
  for (const list of Object.values(manager.usedTextures)) list.forEach((texture) => all.push(texture));
  // The library asks for a list by the size, and puts one there where there is none. Who goes through all of them finds one.
  manager.usedTextures = new Proxy<UsedTextures>({ all }, { has: () => true, get: () => all });
}

/** What the library does with a list of textures: puts one at the end, looks one up, writes the last over it and takes off the last. */
class TextureSet {
  readonly #textures = new Set<Texture>();
  #found: Texture | undefined;
  readonly length = 1;
  /** Here it writes. */
  0: Texture | undefined;

  push(texture: Texture): number {
    return this.#textures.add(texture).size;
  }

  indexOf(texture: Texture): number {
    this.#found = texture;
    return this.#textures.has(texture) ? 0 : -1;
  }

  pop(): Texture | undefined {
    const texture = this.#found;
    if (texture) this.#textures.delete(texture);
    this.#found = undefined;
    return texture;
  }

  forEach(see: (texture: Texture, index: number, all: Texture[]) => void): void {
    [...this.#textures].forEach(see);
  }
}

function isFull({ gpgpu }: TextureManager): boolean {
  let full = false;
  // One of every kind may wait. A context that was lost, or one that never ends, is noticed elsewhere.
  for (let i = 0; i < 8; i++) {
    const error = gpgpu.gl.getError();
    if (error === 0) break;
    full ||= error === OUT_OF_MEMORY;
  }
  return full;
}

function deleteFree(manager: TextureManager): void {
  for (const key of Object.keys(manager.freeTextures)) {
    for (const { texture } of manager.freeTextures[key]!) manager.gpgpu.deleteMatrixTexture(texture);
    delete manager.freeTextures[key];
  }
  manager._numBytesAllocated -= manager._numBytesFree;
  manager._numBytesFree = 0;
  manager.numFreeTextures = 0;
}
