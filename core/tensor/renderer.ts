/** @file What draws for WebGL: a card, or a program on the processor, for which other ways are the fast ones. */
import { tf } from './tf.ts';

interface Gl {
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

/** Asking waits for the driver. */
const known = new WeakMap<Gl, string>();

/** As the graphics driver calls itself; empty where WebGL does not compute. */
export function rendererName(): string {
  const { gpgpu } = tf.backend() as unknown as { readonly gpgpu?: { readonly gl: Gl } };
  if (!gpgpu) return '';
  const { gl } = gpgpu;
  let name = known.get(gl);
  if (name === undefined) {
    const asked = gl.getExtension('WEBGL_debug_renderer_info');
    name = asked ? String(gl.getParameter(asked.UNMASKED_RENDERER_WEBGL)) : 'WebGL 2';
    known.set(gl, name);
  }
  return name;
}

/** Whether a program draws: SwiftShader of Chromium, those of Mesa, that of Windows. */
export function drawsOnProcessor(renderer = rendererName()): boolean {
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
}
