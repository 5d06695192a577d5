/** @file Features so large or small that initial weights do not suit them. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import type { Seen, SeenPass } from '../seen.ts';
import { short } from '../shared/words.ts';

/** Initialisers (LeCun 1998, Glorot 2010, He 2015) keep the size of what comes in for inputs of unit mean square: five times that, or a twentieth. */
const LARGE = 5;
const SMALL = 0.05;
/** They take the size out, or do not look at it. */
const TAKES_ANY = new Set(['BatchNorm', 'LayerNorm', 'RMSNorm', 'GroupNorm', 'InstanceNorm', 'Embed', 'standardize', 'oneHot']);

export const dataUnscaledDiagnosis = defineDiagnosis({
  code: 'data/unscaled',
  doc: 'Features whose root mean square is beyond 5 or below 0.05, where initial weights are made for about 1, and that are not normalised first.',
  what: 'inputs',
  look(seen) {
    const { pass, places, source, document } = seen;
    if (!pass) return notChecked('There was no pass.');
    if (!source?.ranges) return notChecked('The data are made up or standardised.');
    const inputs = pass.wires.flatMap((wire, i) => {
      const isInput = wire.instance.length === 0 && places.node(wire)?.kind === 'input';
      return isInput && wire.value.dtype === 'float32' ? [{ wire, i }] : [];
    });
    const found = inputs.flatMap(({ wire, i }): Found[] => {
      const { mean, std } = wire.value;
      if (mean === null || std === null || isNormalised(seen, pass, i)) return [];
      const size = Math.hypot(mean, std);
      if (size === 0 || (size <= LARGE && size >= SMALL)) return [];
      const columns = source.ranges!().toSorted((a, b) => Math.max(-b.min, b.max) - Math.max(-a.min, a.max));
      const [largest] = columns;
      return [
        {
          severity: 'warning',
          path: [],
          node: wire.node,
          message: `The features that come in at ${places.title(wire)} are not scaled: their root mean square is ${short(size)} (mean ${short(mean)}, spread ${short(std)}), where initial weights are made for about 1.${largest && size > LARGE ? ` Column "${largest.name}" runs from ${short(largest.min)} to ${short(largest.max)}.` : ''}`,
          evidence: { rootMeanSquare: size, mean, std, min: wire.value.min, max: wire.value.max, large: LARGE, small: SMALL },
          fix: 'Standardise the columns, divide by a scale, or begin with a BatchNorm.',
          mends:
            document.run.source.type === 'csv'
              ? [{ kind: 'typed', of: 'source', label: 'Standardise the columns', args: { standardize: true } }]
              : [],
        },
      ];
    });
    return { found, checked: inputs.length };
  },
});

/** What comes next takes any size, as far as it is only moved about on the way. */
function isNormalised({ places }: Seen, { wires, flow }: SeenPass, input: number): boolean {
  const next = flow.users(input);
  return (
    next.length > 0 &&
    next.every((user) => {
      const wire = wires[user]!;
      const type = places.op(wire) ?? places.member(wire)?.type ?? '';
      if (TAKES_ANY.has(type)) return true;
      const isMoved = places.node(wire)?.kind === 'input' || ['reshape', 'flatten', 'transpose', 'expandDims', 'squeeze'].includes(type);
      return isMoved && isNormalised({ places } as Seen, { wires, flow } as SeenPass, user);
    })
  );
}
