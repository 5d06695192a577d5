/** @file Verifies the graph of ONNX by ONNX Runtime, here in Node. */
import type { EmittedFile } from '../../core/emit/index.ts';
import { compareOutputs, type RecordedModel } from '../../core/run/index.ts';
import type { Io } from '../io.ts';
import { importPackage, versionOf } from './packages.ts';
import { runOnnx, type OnnxRuntime } from './run-onnx.ts';
import type { Ran } from './verified.ts';

const PACKAGE = 'onnxruntime-web';

export async function verifyOnnx(files: readonly EmittedFile[], { inputs, outputs }: RecordedModel, io: Io): Promise<Ran> {
  let runtime: OnnxRuntime;
  let version: string;
  try {
    runtime = await importPackage<OnnxRuntime>(`${PACKAGE}/wasm`, io);
    version = await versionOf(PACKAGE, io);
  } catch (error) {
    return {
      ok: false,
      isMissing: true,
      reason: `${PACKAGE} is not installed here: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const bytes = files.find(({ path }) => path.endsWith('.onnx'))!.content as Uint8Array;
  const got = await runOnnx(runtime, bytes, inputs);
  return { ok: true, versions: { [PACKAGE]: version }, differences: compareOutputs(outputs, got).map(({ difference }) => difference) };
}
