/** @file Dropout that leaves nothing. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { count } from '../shared/words.ts';

export const dropoutDropsAllDiagnosis = defineDiagnosis({
  code: 'dropout/drops-all',
  doc: 'A Dropout in training whose rate is 1, or that set every number of the batch to 0 although not all that came in were.',
  what: 'dropouts',
  look({ pass, places }) {
    if (!pass) return notChecked('There was no pass.');
    const rateOf = (module: (typeof pass.modules)[number]) =>
      module.attributes.find(({ name }) => name === 'rate' || name === 'dropoutRate')?.value;
    const active = pass.modules.filter((module) => {
      const rate = rateOf(module);
      const isOff = module.attributes.some(({ name, value }) => name === 'deterministic' && value === true);
      return typeof rate === 'number' && rate > 0 && !isOff;
    });
    const found = active.flatMap((module): Found[] => {
      const rate = rateOf(module) as number;
      const call = places.callOf(module.path);
      const at = pass.wires.findIndex(
        ({ node, instance }) => call && node === call.node && JSON.stringify(instance) === JSON.stringify(call.instance),
      );
      const wire = pass.wires[at];
      const source = pass.wires[pass.flow.sources(at)[0] ?? -1];
      const isEmpty =
        module.type === 'Dropout' && wire && source && wire.value.zeros === wire.value.count && source.value.zeros < source.value.count;
      if (rate < 1 && !isEmpty) return [];
      const name = module.path.join('.');
      return [
        {
          severity: 'error',
          path: call?.instance ?? module.path,
          node: call?.node ?? null,
          message: `${name} (${module.type}) with a rate of ${rate} drops everything in training${wire ? `: all ${count(wire.value.count)} numbers it gives are 0` : ''}. Nothing behind it sees the input, and nothing before it learns.`,
          evidence: { module: name, rate, zeros: wire?.value.zeros ?? null, count: wire?.value.count ?? null },
          fix: 'Set the rate to a share that is dropped: 0.1 to 0.5 are usual.',
          mends: module.type === 'Dropout' ? [{ kind: 'arguments', label: 'Set rate to 0.5', args: { rate: 0.5 } }] : [],
        },
      ];
    });
    return { found, checked: active.length };
  },
});
