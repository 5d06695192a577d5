/** @file The file that loads weights into a model of Python: what all libraries have alike. */
import { writeSafetensors } from '../../weights/safetensors.ts';
import type { EmittedFile, WeightsContext } from '../target.ts';

export interface LoaderParts {
  readonly module: string;
  /** The file of weights. */
  readonly file: string;
  /** Of packages, in order. */
  readonly imports: readonly string[];
  /** Of the model's own file. */
  readonly own?: string;
  /** What `load_model` gives. */
  readonly type: string;
  /** The lines of `load_model`, from `path`. */
  readonly load: readonly string[];
  /** The lines of `run`, from `model` and `inputs`. */
  readonly run: readonly string[];
}

export function writeLoader({ module, file, imports, own, type, load, run }: LoaderParts): EmittedFile {
  const lines = [
    `"""Loads the weights of ${file}."""`,
    '',
    'from pathlib import Path',
    '',
    ...imports,
    ...(own === undefined ? [] : ['', own]),
    '',
    `WEIGHTS = Path(__file__).with_name('${file}')`,
    '',
    '',
    `def load_model(path: Path | str = WEIGHTS) -> ${type}:`,
    '    """The model with the weights of the file, for use and not for training."""',
    ...load.map((line) => `    ${line}`),
    '',
    '',
    `def run(model: ${type}, *inputs: np.ndarray) -> list[np.ndarray]:`,
    '    """The outputs for inputs laid out as in the app: batch first, channels last."""',
    ...run.map((line) => `    ${line}`),
  ];
  return { path: `load_${module}.py`, content: `${lines.join('\n')}\n` };
}

/** The code of a model, and its weights under Flax's names. */
export function codeAndWeights(code: string, { module, weights }: WeightsContext): readonly EmittedFile[] {
  return [
    { path: `${module}.py`, content: code },
    { path: `${module}.safetensors`, content: writeSafetensors(weights, { format: 'flax.nnx' }) },
  ];
}
