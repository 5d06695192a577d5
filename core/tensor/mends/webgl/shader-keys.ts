/**
 * @file Which compiled shader fits. With WEBGL_USE_SHAPES_UNIFORMS, which the product sets, the library takes one shader for many
 * shapes, but forgets that a tensor of more than two axes, all but two of them of size 1, is read in another way if its texture
 * has just those two sizes. Then it reads the wrong numbers, depending on what ran before.
 */
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type * as tf from '@tensorflow/tfjs-core';

interface Program {
  readonly enableShapeUniforms?: boolean;
  readonly packedInputs?: boolean;
  userCode: string;
}

/** How a tensor that is read number by number may lie in its texture, if the key of the library does not say it; else nothing. */
function layoutOf(backend: MathBackendWebGL, { shape, dataId }: tf.TensorInfo): string {
  if (shape.length <= 2 || shape.filter((size) => size !== 1).length > 2) return '';
  const { texShape, isPacked } = backend.texData.get(dataId);
  return `${shape}:${texShape}:${isPacked}`;
}

/** Makes such shaders differ by a comment. */
export function mendShaderKeys(): void {
  const original = MathBackendWebGL.prototype.runWebGLProgram;
  MathBackendWebGL.prototype.runWebGLProgram = function (this: MathBackendWebGL, ...args) {
    const program = args[0] as unknown as Program;
    if (program.enableShapeUniforms && !program.packedInputs) {
      const layouts = args[1].map((info) => layoutOf(this, info)).filter(Boolean);
      if (layouts.length > 0) program.userCode += `\n// ${layouts.join(' ')}\n`;
    }
    return original.apply(this, args);
  };
}
