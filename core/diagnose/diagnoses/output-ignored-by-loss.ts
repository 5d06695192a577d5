/** @file Outputs of the root that the loss does not look at. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { outputsOf } from '../shared/output-wire.ts';
import { fateOf, upstream, valuesOf } from '../shared/reach.ts';
import { list } from '../shared/words.ts';

export const outputIgnoredByLossDiagnosis = defineDiagnosis({
  code: 'output/ignored-by-loss',
  doc: 'An output that the loss does not look at. A warning where parameters hang on it alone, so that training leaves them as they are; a note where it is only looked at by people, as a prediction is.',
  what: 'outputs',
  look(seen) {
    const { pass, places, document } = seen;
    if (!pass) return notChecked('There was no pass.');
    const outputs = outputsOf(pass, places).filter(({ wire }) => wire >= 0);
    const ignored = pass.variables.filter((each) => each.isTrained && !each.isReached && fateOf(seen, pass, each) === 'ignored');
    const found = outputs.flatMap(({ id, name, wire }, order): Found[] => {
      const value = pass.wires[wire]!;
      // Of whole numbers a gradient cannot tell. What the loss is given first, it looks at.
      if (value.isReached || (order === 0 && outputs.length === 1) || (order === 0 && value.gradient === null)) return [];
      const before = upstream(pass, [wire]);
      const params = ignored
        .filter(({ path }) => valuesOf(seen, pass, path).some((each) => before.has(each)))
        .map(({ path }) => path.join('.'));
      return [
        {
          severity: params.length > 0 ? 'warning' : 'note',
          path: [],
          node: id,
          message: `The loss (${document.run.loss.type}) does not look at output ${name}.${params.length > 0 ? ` ${list(params)} lead to it alone: training leaves them as they are.` : ''}`,
          evidence: { output: name, parameters: params, loss: document.run.loss.type },
          fix: 'Choose a loss that takes it, join it with the first output, or remove it.',
        },
      ];
    });
    return { found, checked: outputs.length };
  },
});
