import { expect, it } from 'vitest';
import { drawsOnProcessor, rendererName } from './renderer.ts';
import { tf } from './tf.ts';

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 17.0.6, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)', true],
  ['ANGLE (NVIDIA, NVIDIA H200 (0x00002335), OpenGL 4.5)', false],
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', false],
  ['', false],
])('a renderer that is a program is known by its name: %s', (renderer, expected) => {
  expect(drawsOnProcessor(renderer)).toBe(expected);
});

it('has a name where WebGL computes', () => {
  expect(rendererName() === '').toBe(tf.getBackend() !== 'webgl');
});
