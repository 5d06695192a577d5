/** @file What runs the file of ONNX in Python: its weights are inside. */
import { writeLoader } from '../python/loader.ts';
import type { EmittedFile } from '../target.ts';

export function onnxLoader(module: string): EmittedFile {
  return writeLoader({
    module,
    file: `${module}.onnx`,
    imports: ['import numpy as np', 'import onnxruntime'],
    type: 'onnxruntime.InferenceSession',
    load: ['return onnxruntime.InferenceSession(path)'],
    run: ['names = [each.name for each in model.get_inputs()]', 'return model.run(None, dict(zip(names, inputs, strict=True)))'],
  });
}
