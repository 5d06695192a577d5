/** @file Several nodes at once: the parameters that all of them have, set on all of them in one step. */
import {
  classIdOf,
  findClass,
  setParam,
  type Argument,
  type Arguments,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type ParamOwner,
} from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import type { ParamSpecs } from '../../../core/spec/index.ts';
import { fieldParams } from '../../commands/quick-add/read-addition.ts';
import { useDocument } from '../../hooks/document.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPlural } from '../../ui/format.ts';
import { Heading } from './heading.tsx';
import { commonParams, valuesOf } from './many-params.ts';
import { ParamForm } from './param-form.tsx';
import { Section } from './section.tsx';

interface ManyFormProps {
  readonly modelClass: ModelClass;
  readonly nodes: readonly NodeId[];
  readonly title: string;
}

interface Owner {
  readonly owner: ParamOwner;
  readonly params: ParamSpecs;
  readonly args: Arguments;
}

/** What of the selection has parameters; a module that is called twice counts once. */
function ownersOf(document: ModelDocument, modelClass: ModelClass, nodes: readonly NodeId[]): readonly Owner[] {
  const owners = new Map<string, Owner>();
  for (const id of nodes) {
    const node = modelClass.nodes[id];
    if (node?.kind === 'op')
      owners.set(`node ${id}`, { owner: { node: id }, params: findDescriptor(node.op)?.params ?? {}, args: node.args });
    const member = node?.kind === 'call' ? graphOf(modelClass).behind(node.member) : undefined;
    if (!member) continue;
    const usedClass = findClass(document, classIdOf(member.type) ?? '');
    const params = usedClass ? fieldParams(usedClass.fields) : (findDescriptor(member.type)?.params ?? {});
    owners.set(`member ${member.id}`, { owner: { member: member.id }, params, args: member.args });
  }
  return [...owners.values()];
}

export function ManyForm({ modelClass, nodes, title }: ManyFormProps) {
  const edit = useEdit();
  const model = useDocument((document) => document);
  const owners = ownersOf(model, modelClass, nodes).filter(({ params }) => Object.keys(params).length > 0);
  const params = commonParams(owners.map((each) => each.params));
  const { args, mixed } = valuesOf(
    Object.keys(params),
    owners.map((each) => each.args),
  );
  if (Object.keys(params).length === 0)
    return <EmptyState title={`${title} selected`}>They have no parameter in common. Select one to see and change it.</EmptyState>;
  const set = (name: string, value: Argument | undefined): void =>
    void edit(`Set ${name} of ${formatPlural(owners.length, 'node')}`, (document) =>
      owners.reduce((changed, { owner }) => setParam(changed, modelClass.id, owner, name, value), document),
    );
  return (
    <div className="inspector-scroll">
      <Heading
        title={`${title} selected`}
        kind=""
        family="io"
        doc={`What is set here is set on ${formatPlural(owners.length, 'node')} at once.`}
      />
      <Section title="Parameters in common">
        <ParamForm params={params} args={args} mixed={mixed} fields={modelClass.fields.map(({ name }) => name)} onChange={set} />
      </Section>
    </div>
  );
}
