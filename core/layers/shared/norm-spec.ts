/** @file Parameters and shapes of the layers that normalize over chosen axes. */
import { infer, normalizeAxis, p, reject, requireDtype, requireRank, setTo, type SpecsByPort } from '../../spec/index.ts';

export const reductionAxesParam = p.ints({ default: -1, advanced: true, doc: 'The axes that statistics are taken over.' });
export const featureAxesParam = p.ints({ default: -1, advanced: true, doc: 'The axes that scale and bias belong to.' });

/** What the layers that normalize have of these. */
interface NormArgs {
  readonly numFeatures: number;
  readonly reductionAxes?: number | readonly number[] | null;
  readonly featureAxes?: number | readonly number[];
  readonly useScale: boolean;
  readonly useBias?: boolean;
}

/** The output is like the input; where there is a scale or bias, the feature axes must hold `numFeatures`. */
export function inferNorm({ x }: SpecsByPort, { numFeatures, reductionAxes, featureAxes = -1, useScale, useBias }: NormArgs): SpecsByPort {
  requireDtype('x', x!, ['float32', 'int32']);
  requireRank('x', x!, { min: 1 });
  const { shape } = x!;
  checkAxes('reductionAxes', reductionAxes ?? [], shape.length);
  checkAxes('featureAxes', featureAxes, shape.length);
  // A length that is not known yet fits nothing: numFeatures is a number.
  const lengths = [featureAxes].flat().map((axis) => shape.at(axis)!);
  const fits =
    lengths.length === 1
      ? lengths[0] === numFeatures
      : lengths.reduce<number>((a, b) => (typeof b === 'number' ? a * b : NaN), 1) === numFeatures;
  if (!fits && (useScale || useBias)) {
    reject({
      code: 'shape/last-axis',
      port: 'x',
      param: 'numFeatures',
      expected: `${numFeatures} features`,
      got: lengths.join(' × '),
      fix: `Set numFeatures to ${lengths[0]}, or clear it so that it is inferred.`,
      mends: lengths.every((length) => typeof length === 'number') ? [infer('numFeatures')] : [],
    });
  }
  return { y: { shape, dtype: 'float32' } };
}

/** Rejects axes that the input does not have. */
export function checkAxes(param: string, axes: number | readonly number[], rank: number): void {
  const wrong = [axes].flat().find((axis) => normalizeAxis(axis, rank) === undefined);
  if (wrong === undefined) return;
  reject({
    code: 'param/axis',
    param,
    expected: `${param} from ${-rank} to ${rank - 1}`,
    got: `${wrong}`,
    fix: `Set ${param} to axes that the input has; -1 is the last.`,
    mends: [setTo(param, -1)],
  });
}
