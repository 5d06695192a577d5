/** @file How a node uses the list of its member: its items one after the other, side by side, or one of them. */
import { setMemberUse } from '../../../core/check/index.ts';
import { setListUse, type CallNode, type ListUse, type ModelClass } from '../../../core/document/index.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { FormRow } from './form-row.tsx';
import { NumberRow } from './number-row.tsx';

const WAYS = [
  { value: 'chain', label: 'one after the other' },
  { value: 'stack', label: 'side by side, stacked' },
  { value: 'concatenate', label: 'side by side, joined' },
  { value: 'item', label: 'one item' },
] as const;
type Way = (typeof WAYS)[number]['value'];

const USES: Readonly<Record<Way, ListUse>> = {
  chain: {},
  stack: { collect: 'stack' },
  concatenate: { collect: 'concatenate' },
  item: { item: 0 },
};

interface ListRowProps {
  readonly modelClass: ModelClass;
  readonly node: CallNode;
  readonly name: string;
}

export function ListRow({ modelClass, node, name }: ListRowProps) {
  const edit = useEdit();
  const way: Way = node.item === undefined ? (node.collect ?? 'chain') : 'item';
  const choose = (next: Way): void =>
    void edit(`Use ${name} ${WAYS.find(({ value }) => value === next)!.label}`, (document) => {
      // Only of one item can something else be used than its call.
      const called = next === 'item' ? document : setMemberUse(document, modelClass.id, node.id, {});
      return setListUse(called, modelClass.id, node.id, USES[next]);
    });
  return (
    <>
      <FormRow
        label="items"
        doc="One after the other: what leaves an item comes into the next by its first input; other inputs are the same for all. Side by side: each gets the same inputs, and the results are stacked along a new first axis, or joined along the last one."
      >
        <SelectInput label="Use of the list" value={way} options={WAYS} onChange={(value) => choose(value as Way)} />
      </FormRow>
      {node.item !== undefined && (
        <NumberRow
          label="item"
          doc="Which one, from 0."
          value={node.item}
          min={0}
          isWhole
          onCommit={(item) => edit(`Use item ${item} of ${name}`, (document) => setListUse(document, modelClass.id, node.id, { item }))}
        />
      )}
    </>
  );
}
