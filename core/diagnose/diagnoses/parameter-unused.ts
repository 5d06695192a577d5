/** @file Params that the loss does not hang on. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { byModule, fateOf, valuesOf } from '../shared/reach.ts';
import { list } from '../shared/words.ts';

export const parameterUnusedDiagnosis = defineDiagnosis({
  code: 'parameter/unused',
  doc: 'A Param that is trained, and of which nothing reaches an output: its Module is never called, or what it gives is used nowhere.',
  what: 'parameters',
  look(seen) {
    const { pass, places } = seen;
    if (!pass) return notChecked('There was no pass.');
    const trained = pass.variables.filter(({ isTrained }) => isTrained);
    const unreached = trained.filter(({ isReached }) => !isReached);
    const unused = unreached.filter((variable) => ['unused', 'inside'].includes(fateOf(seen, pass, variable)));
    const found = [...byModule(unused).values()].map((params): Found => {
      const [{ path }] = params as [(typeof params)[number]];
      const values = valuesOf(seen, pass, path);
      const call = places.callOf(path);
      const node = call && places.node(call);
      const isBypassed = node?.kind === 'call' && node.bypass === true;
      const names = params.map(({ path: each }) => each.join('.'));
      const isCalled = values.length > 0;
      const isInside = isCalled && pass.wires[values[0]!]!.isReached;
      const why = isBypassed
        ? 'it is bypassed'
        : isInside
          ? 'the layer does not use it in this mode'
          : isCalled
            ? 'what it gives leads to no output'
            : call
              ? 'its node leads to no output, so it is never called'
              : 'no node calls it';
      return {
        severity: isBypassed || isInside ? 'note' : 'warning',
        path: call ? call.instance : path.slice(0, -1),
        node: call?.node ?? null,
        message: `${list(names)} ${names.length === 1 ? 'has' : 'have'} no part in the loss: ${why}. Training leaves ${names.length === 1 ? 'it' : 'them'} as ${names.length === 1 ? 'it is' : 'they are'}.`,
        evidence: { parameters: names, module: path.slice(0, -1).join('.'), calls: params[0]!.calls, why },
        fix: 'Wire what it gives to an output, or remove it.',
      };
    });
    return {
      found,
      checked: trained.length,
      notChecked: pass.variables.filter(({ gradient }) => gradient !== null).length - trained.length,
    };
  },
});
