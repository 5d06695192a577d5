import { expect, it, vi } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { computesOnProcessor, startBackend } from './backend.ts';

const inBrowser = 'OffscreenCanvas' in globalThis;

it('picks WebGL where there is a canvas, else the CPU, and tells why', async () => {
  const picked = await startBackend();
  expect(picked.name).toBe(inBrowser ? 'webgl' : 'cpu');
  expect(picked.detail).toMatch(inBrowser ? /ANGLE|WebGL/ : /there is no canvas here/);
  expect(tf.getBackend()).toBe(picked.name);
});

it('gives the backend that is asked for, or says that it cannot', async () => {
  const before = tf.getBackend();
  expect(await startBackend('cpu')).toEqual({ name: 'cpu', detail: 'asked for' });
  if (inBrowser) expect((await startBackend('webgl')).name).toBe('webgl');
  else await expect(startBackend('webgl')).rejects.toThrow('Expected the WebGL backend, but there is no canvas here.');
  await tf.setBackend(before);
});

it('starts the CPU backend without a word: what it says by itself advises a package that core does not work with', async () => {
  const before = tf.getBackend();
  await startBackend('cpu');
  (tf.backend() as { firstUse?: boolean }).firstUse = true;
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await startBackend('cpu');
  tf.scalar(1).dispose();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  await tf.setBackend(before);
});

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 17.0.6, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)', true],
  ['ANGLE (NVIDIA, NVIDIA H200 (0x00002335), OpenGL 4.5)', false],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', false],
])('knows a renderer that is a program by its name: %s', (renderer, expected) => {
  expect(computesOnProcessor(renderer)).toBe(expected);
});

it.runIf(inBrowser)('compiles shaders for each shape where a program draws, and for all shapes on a card', async () => {
  const { detail } = await startBackend('webgl');
  expect(tf.env().getBool('WEBGL_USE_SHAPES_UNIFORMS')).toBe(!computesOnProcessor(detail));
});
