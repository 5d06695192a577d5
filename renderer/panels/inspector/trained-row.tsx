/** @file Which Params are trained, as a query: the wrt of an optimizer. */
import { asFilter, filterByPath, parseQuery, setTrained, writeQuery, type PathFilter } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { FormRow } from './form-row.tsx';
import { useRunProblems } from './use-run-problems.ts';

/** Empty: all Params. */
export function TrainedRow() {
  const edit = useEdit();
  const document = useDocument((each) => each);
  const { trained } = document.run;
  const problems = useRunProblems('trained');
  const commit = (text: string): string | void => {
    const filter = readFilter(text);
    if (typeof filter === 'string') return filter;
    void edit(filter ? `Train only ${writeQuery(filter)}` : 'Train all Params', (each) => setTrained(each, filter));
  };
  return (
    <FormRow
      label="train only"
      fault={problems.others}
      doc="Which Params are trained, as in the filter bar: LoRAParam or path:head. The others stay as they are. Empty: all of them."
    >
      <TextInput
        label="Train only"
        isMono
        placeholder="all Params"
        value={trained ? writeQuery(filterByPath(document, trained)) : ''}
        onCommit={commit}
      />
    </FormRow>
  );
}

/** The filter that a text is; undefined for an empty one, a sentence for one that is none. */
function readFilter(text: string): PathFilter | string | undefined {
  const result = parseQuery(text);
  if (!result.ok) return result.error.message;
  if (result.query.kind === 'everything') return undefined;
  return asFilter(result.query) ?? 'Expected types and paths, such as LoRAParam or path:head.';
}
