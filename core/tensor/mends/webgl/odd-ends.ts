/**
 * @file Sums over an odd number of terms on WebGL. Textures hold blocks of 2 by 2 numbers; the block at an odd end holds numbers that
 * do not exist, and elementwise kernels write there too (exp makes 1 of 0). The library's matrix product and its scattering add them
 * up: a batch of 3 examples counts as 4 in the gradient of a kernel. Here the last, missing term is left out.
 */
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math';
import type * as tf from '@tensorflow/tfjs-core';

/** The second of the two terms that the library's product adds per step. */
const SECOND_TERM = /result \+= \((a\.(?:yyww|zzww) \* b\.\w+)\);/;
/** Where the library's scattering has worked out which rows two updates go to. */
const UPDATES = /for \(int i = 0; i < (\d+); i\+=2\)/;
const ROWS_KNOWN = 'if (flattenedIndex[0] == coords[0] ||';

type Run = (this: MathBackendWebGL, program: GPGPUProgram, inputs: tf.TensorInfo[], ...rest: never[]) => tf.TensorInfo;

export function mendOddEnds(): void {
  const prototype = MathBackendWebGL.prototype as unknown as { runWebGLProgram: Run };
  const original = prototype.runWebGLProgram;
  prototype.runWebGLProgram = function run(program, inputs, ...rest) {
    if (program.userCode.includes('dot2x2ARowBCol')) skipMissingTerm(program, inputs[0]!.shape);
    else if (program.userCode.includes(ROWS_KNOWN)) skipMissingUpdate(program);
    return original.call(this, program, inputs, ...rest);
  };
}

function skipMissingTerm(program: GPGPUProgram, [, rows, columns]: readonly number[]): void {
  const isTransposed = program.userCode.includes('a.zzww');
  const terms = isTransposed ? rows! : columns!;
  if (terms % 2 === 1) program.userCode = program.userCode.replace(SECOND_TERM, `if (i * 2 + 1 < ${terms}) { result += ($1); }`);
}

function skipMissingUpdate(program: GPGPUProgram): void {
  const updates = Number(UPDATES.exec(program.userCode)?.[1]);
  if (updates % 2 === 1)
    program.userCode = program.userCode.replace(ROWS_KNOWN, `if (i + 1 >= ${updates}) flattenedIndex[1] = -1;\n${ROWS_KNOWN}`);
}
