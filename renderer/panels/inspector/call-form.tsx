/** @file A call of a member: the member's name, arguments, repeats, and the live Module behind it. */
import { useServices } from '../../hooks/services.ts';
import {
  addCall,
  classIdOf,
  findClass,
  renameMember,
  setParam,
  setRepeat,
  type CallNode,
  type Member,
  type ModelClass,
} from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import { p } from '../../../core/spec/index.ts';
import { editWithIds } from '../../state/edit-or-tell.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession } from '../../hooks/session.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { BypassRow } from './bypass-row.tsx';
import { ClassArguments } from './class-arguments.tsx';
import { FormRow } from './form-row.tsx';
import { Heading } from './heading.tsx';
import { InsideList } from './inside-list.tsx';
import { ListRow } from './list-row.tsx';
import { LiveModule } from './live-module.tsx';
import { ParamForm } from './param-form.tsx';
import { ParamRow } from './param-row.tsx';
import { Section } from './section.tsx';
import { useEdit, useFieldEdit } from '../../hooks/use-edit.ts';
import { UseRow } from './use-row.tsx';
import { useMemberFacts } from './use-facts.ts';

const REPEAT = p.int.nullable({ min: 1, doc: 'A list of this many; none for a single module.' });

export function CallForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: CallNode }) {
  const graph = graphOf(modelClass);
  const member = graph.behind(node.member);
  const named = graph.memberOf(node.member);
  if (!member || !named)
    return <Heading title="Unknown member" kind="call" family="io" doc="The member that this node calls is missing." />;
  return <MemberForm modelClass={modelClass} node={node} member={member} named={named} />;
}

interface MemberFormProps {
  readonly modelClass: ModelClass;
  readonly node: CallNode;
  /** The member behind aliases. */
  readonly member: Member;
  /** The member as the node names it. */
  readonly named: Member;
}

function MemberForm({ modelClass, node, member, named }: MemberFormProps) {
  const edit = useEdit();
  const editHere = useFieldEdit();
  const usedClassId = classIdOf(member.type);
  const usedClass = useDocument((document) => (usedClassId === undefined ? undefined : findClass(document, usedClassId)));
  const descriptor = findDescriptor(member.type);
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? [];
  const facts = useMemberFacts(modelClass, member, node.id);
  const fields = modelClass.fields.map((field) => field.name);
  const calls = graphOf(modelClass)
    .callsOf(member.id)
    .filter((call) => call.member === node.member).length;
  const set = (name: string, value: Parameters<typeof setParam>[4]): void =>
    void edit(`Set ${name} of ${named.name}`, (document) => setParam(document, modelClass.id, { member: member.id }, name, value));
  return (
    <>
      <Heading
        title={nodeName(modelClass, node)}
        kind={usedClass?.name ?? member.type}
        family={descriptor?.family ?? 'class'}
        doc={usedClass?.doc ?? descriptor?.doc ?? 'This type is not known here; it is kept in the file as it is.'}
      >
        <CallActions modelClass={modelClass} node={node} member={named} calls={calls} />
      </Heading>
      <Section title="Parameters">
        <FormRow label="name" doc="The attribute of the class that holds the module.">
          <TextInput
            label="Member name"
            value={named.name}
            isMono
            onCommit={(name) =>
              editHere(`Rename ${named.name} to ${name}`, (document) => renameMember(document, modelClass.id, named.id, name))
            }
          />
        </FormRow>
        {member.repeat !== undefined && <ListRow modelClass={modelClass} node={node} name={named.name} />}
        <UseRow modelClass={modelClass} node={node} member={member} name={named.name} />
        {descriptor && (
          <ParamForm
            params={descriptor.params}
            args={member.args}
            inferred={facts.inferred}
            fields={fields}
            problems={facts.problems}
            onChange={set}
          />
        )}
        {usedClass && <ClassArguments usedClass={usedClass} args={member.args} fields={fields} problems={facts.problems} onChange={set} />}
        {!(descriptor?.kind === 'layer' && descriptor.isVariable) && (
          <ParamRow
            name="repeat"
            spec={REPEAT}
            value={member.repeat}
            fields={fields}
            onChange={(value) =>
              edit(`Repeat ${named.name}`, (document) => setRepeat(document, modelClass.id, member.id, value === null ? undefined : value))
            }
          />
        )}
        <BypassRow modelClass={modelClass} node={node} />
      </Section>
      {facts.repeat !== null && <InsideList title="Elements" path={[...instance, named.name]} />}
      <LiveModule path={[...instance, named.name, ...(facts.repeat === null ? [] : [node.item ?? 0])]} />
    </>
  );
}

interface CallActionsProps {
  readonly modelClass: ModelClass;
  readonly node: CallNode;
  readonly member: Member;
  readonly calls: number;
}

function CallActions({ modelClass, node, member, calls }: CallActionsProps) {
  const services = useServices();
  const { session } = services;
  const usedClass = classIdOf(member.type);
  const open = useSession((state) => state.open);
  const enter = (): void => {
    if (usedClass === undefined) return;
    const repeat = member.repeat === undefined ? [] : [node.item ?? 0];
    session.enter({ class: usedClass, instance: [...(open.at(-1)?.instance ?? []), member.name, ...repeat] });
  };
  const descriptor = findDescriptor(member.type);
  const isRead = node.variable !== undefined || (descriptor?.kind === 'layer' && descriptor.isVariable === true);
  const read = [member.name, ...(node.variable === undefined ? [] : [node.variable])].join('.');
  const again = (): void => {
    const at = modelClass.layout[node.id] ?? { x: 0, y: 0 };
    editWithIds(
      services,
      isRead ? `Read ${read} again` : `Call ${member.name} again`,
      (document) => addCall(document, modelClass.id, node.member, { x: at.x, y: at.y + 96 }, node),
      (added) => ({ open, selection: { ...NOTHING_SELECTED, nodes: [added.node] } }),
    );
  };
  return (
    <div className="inspector-actions">
      {usedClass !== undefined && (
        <Button size="small" onPress={enter}>
          Open class
        </Button>
      )}
      <Button
        size="small"
        onPress={again}
        tooltip={isRead ? `Another node that reads ${read}: the same weight` : 'Another call of the same module: the weights are shared'}
      >
        {isRead ? 'Read again' : 'Call again'}
      </Button>
      {calls > 1 && <span>used {calls} times: weights shared, gradients summed</span>}
    </div>
  );
}
