import { expect, it, vi } from 'vitest';
import { drawsOnProcessor } from '../tensor/renderer.ts';
import { tf } from '../tensor/tf.ts';
import { startBackend } from './backend.ts';

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

it('compiles shaders for all shapes where a card draws, for each where a program does', async () => {
  const { name } = await startBackend();
  // The flag is the WebGL backend's own.
  const isForAll = name === 'webgl' && tf.env().getBool('WEBGL_USE_SHAPES_UNIFORMS');
  expect(isForAll).toBe(name === 'webgl' && !drawsOnProcessor());
});
