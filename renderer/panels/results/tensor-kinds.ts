/** @file What the numbers of a tensor are, so that only pictures are drawn as pictures. Pure. */
import { findDescriptor } from '../../../core/index.ts';
import type { InsideResult, RunResult, VariableResult } from '../../../core/run/index.ts';
import type { TensorKind } from '../../charts/planes.ts';
import { memoByIdentity } from '../../state/derived/memo.ts';
import { pathKey } from '../../state/paths.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';

type Variable = Pick<VariableResult, 'path' | 'name'>;

export function kindOfVariable({ modules }: RunResult, { path, name }: Variable): TensorKind {
  const module = modulesByPath(modules).get(pathKey(path.slice(0, -1)));
  return name === 'kernel' && module && findDescriptor(module.type)?.family === 'convolution' ? 'kernel' : 'other';
}

/** The channels that convolutions of two dimensions take or give. */
const channelsOf = memoByIdentity((result: RunResult): ReadonlySet<number> => {
  const kernels = result.variables.filter((variable) => variable.shape.length === 4 && kindOfVariable(result, variable) === 'kernel');
  return new Set(kernels.flatMap(({ shape }) => shape.slice(2)));
});

/** Four axes are a picture where a convolution of the model could take them or has given them. */
export function kindOfValue(result: RunResult, { shape }: { readonly shape: readonly number[] }): TensorKind {
  return shape.length === 4 && channelsOf(result).has(shape[3]!) ? 'picture' : 'other';
}

export function kindOfInside(result: RunResult, { name, value }: InsideResult): TensorKind {
  return name === 'attentionWeights' ? 'attention' : kindOfValue(result, value);
}
