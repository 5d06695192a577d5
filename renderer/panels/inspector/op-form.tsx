import { setParam, type ModelClass, type OpNode } from '../../../core/document/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import { BypassRow } from './bypass-row.tsx';
import { Heading } from './heading.tsx';
import { ParamForm } from './param-form.tsx';
import { Section } from './section.tsx';
import { useEdit } from '../../hooks/use-edit.ts';
import { useNodeProblems } from './use-facts.ts';

/** An op of the graph: its parameters, made from the descriptor. An op that is not known here shows its name and keeps its arguments. */
export function OpForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: OpNode }) {
  const edit = useEdit();
  const problems = useNodeProblems(modelClass, node.id);
  const descriptor = findDescriptor(node.op);
  const hasParams = Object.keys(descriptor?.params ?? {}).length > 0;
  return (
    <>
      <Heading
        title={node.op}
        kind="op"
        family={descriptor?.family ?? 'io'}
        doc={descriptor?.doc ?? 'This op is not known here; it is kept in the file as it is.'}
      />
      <Section title="Parameters">
        {descriptor && hasParams && (
          <ParamForm
            params={descriptor.params}
            args={node.args}
            fields={modelClass.fields.map((field) => field.name)}
            problems={problems}
            onChange={(name, value) =>
              edit(`Set ${name} of ${node.op}`, (document) => setParam(document, modelClass.id, { node: node.id }, name, value))
            }
          />
        )}
        <BypassRow modelClass={modelClass} node={node} />
      </Section>
    </>
  );
}
