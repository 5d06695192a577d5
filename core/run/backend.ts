/**
 * @file The only place that picks a backend: WebGL 2 with float32 textures where there is one, else the CPU. Backends are
 * loaded when they are picked, so that a window that never computes holds no kernel.
 */
import { messageOf } from '../document/problem.ts';
import { drawsOnProcessor, rendererName } from '../tensor/renderer.ts';
import { tf } from '../tensor/tf.ts';
import { findTexturesAtOnce, watchTextureMemory } from '../tensor/texture-memory.ts';
import { fail } from '../spec/run-error.ts';
import type { BackendName } from './protocol.ts';

export interface PickedBackend {
  readonly name: BackendName;
  /** For the status bar and the log: the renderer of the graphics driver, or why it is the CPU. */
  readonly detail: string;
}

/** What core needs of WebGL; it has no DOM types. */
interface Context {
  readonly canvas: { addEventListener(type: 'webglcontextlost', listener: () => void): void };
}

function context(): Context {
  return (tf.backend() as unknown as { readonly gpgpu: { readonly gl: Context } }).gpgpu.gl;
}

async function startWebgl(): Promise<{ readonly renderer: string } | { readonly refused: string }> {
  if (!('OffscreenCanvas' in globalThis || 'document' in globalThis)) return { refused: 'there is no canvas here' };
  await import('../tensor/backend-webgl.ts');
  const flags = tf.env();
  // A software renderer is still several times faster than the CPU backend at convolutions.
  flags.set('SOFTWARE_WEBGL_ENABLED', true);
  if (flags.getNumber('WEBGL_VERSION') < 2) return { refused: 'WebGL 2 is not available' };
  if (!flags.getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return { refused: 'WebGL has no float32 textures here' };
  if (!(await tf.setBackend('webgl'))) return { refused: 'WebGL did not start' };
  findTexturesAtOnce();
  watchTextureMemory((bytes) =>
    fail(
      'backend/out-of-memory',
      `The graphics card has no memory left: ${Math.round(bytes / 2 ** 20)} MiB are in use.`,
      'Take a smaller batch or model, close other windows that draw, and run again.',
    ),
  );
  // Shapes as uniforms: editing a shape compiles no shader again. On a processor steps would take 1.3 to 1.9 times as long for it.
  flags.set('WEBGL_USE_SHAPES_UNIFORMS', !drawsOnProcessor());
  return { renderer: rendererName() };
}

async function startCpu(detail: string): Promise<PickedBackend> {
  await import('../tensor/backend-cpu.ts');
  if (!(await tf.setBackend('cpu'))) fail('backend/none', 'Neither WebGL nor the CPU backend started.', 'Restart the app.');
  // Its first use in Node prints an advertisement for a package that core does not work with.
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  return { name: 'cpu', detail };
}

/**
 * Starts a backend. Asking for one by name gets that one or an error.
 * @throws RunError with code `backend/no-webgl` where `wanted` is 'webgl' and there is none.
 */
export async function startBackend(wanted?: BackendName): Promise<PickedBackend> {
  if (wanted === 'cpu') return startCpu('asked for');
  const webgl = await startWebgl().catch((error: unknown) => ({ refused: messageOf(error) }));
  if ('renderer' in webgl) return { name: 'webgl', detail: webgl.renderer };
  if (wanted === 'webgl') fail('backend/no-webgl', `Expected the WebGL backend, but ${webgl.refused}.`, 'Start with the CPU backend.');
  return startCpu(`${webgl.refused}, so the CPU computes`);
}

/** Runs `f` on the CPU backend, and goes back to the one before. Tensors of the other move when they are used. */
export async function onCpu<T>(f: () => Promise<T>): Promise<T> {
  const before = tf.getBackend();
  await startCpu('asked for');
  try {
    return await f();
  } finally {
    await tf.setBackend(before);
  }
}

/**
 * Calls `onLost` when the graphics driver takes the context away. TensorFlow.js neither rejects nor throws then: reads never
 * end, or give zeros. The only cure is a new worker.
 */
export function watchContextLoss(onLost: () => void): void {
  if (tf.getBackend() === 'webgl') context().canvas.addEventListener('webglcontextlost', onLost);
}
