/** @file What a node does with its member: it calls it, calls another of its methods, or reads one of its Params as a value. */
import { setMemberUse, usesOf } from '../../../core/check/index.ts';
import type { CallNode, Member, MemberUse, ModelClass } from '../../../core/document/index.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { FormRow } from './form-row.tsx';

interface UseRowProps {
  readonly modelClass: ModelClass;
  readonly node: CallNode;
  /** The member behind aliases. */
  readonly member: Member;
  readonly name: string;
}

/** Nothing where there is no choice. */
export function UseRow({ modelClass, node, member, name }: UseRowProps) {
  const edit = useEdit();
  // Of a list only one item can be used otherwise.
  const { repeat: _repeat, ...single } = member;
  const { methods, params } = usesOf(modelClass, node.item === undefined ? member : single);
  const present = textOf(node);
  const texts = ['', ...methods.map((method) => `${method}()`), ...params];
  if (!texts.includes(present)) texts.push(present);
  if (texts.length === 1) return null;
  const options = texts.map((value) => ({
    value,
    label: value === '' ? 'call' : value.endsWith('()') ? value.slice(0, -2) : `read ${value}`,
  }));
  return (
    <FormRow label="use" doc="What the node does: call the module, call another of its methods, or read one of its Params as a value.">
      <SelectInput
        label="Use of the member"
        value={present}
        options={options}
        onChange={(text) =>
          edit(`Use ${[name, text || 'call()'].join('.')}`, (document) => setMemberUse(document, modelClass.id, node.id, readUse(text)))
        }
      />
    </FormRow>
  );
}

function textOf({ method, variable }: MemberUse): string {
  return variable ?? (method === undefined ? '' : `${method}()`);
}

function readUse(text: string): MemberUse {
  if (text === '') return {};
  return text.endsWith('()') ? { method: text.slice(0, -2) } : { variable: text };
}
