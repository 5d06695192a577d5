/** @file One node of a graph: what it is, its name, its parameters, its ports and probes. */
import type { GraphNode, ModelClass } from '../../../core/document/index.ts';
import { AlikeNote } from './alike-note.tsx';
import { CallForm } from './call-form.tsx';
import { ConstantForm, InputForm, OutputForm } from './port-forms.tsx';
import { NodeFaults } from './node-faults.tsx';
import { OpForm } from './op-form.tsx';
import { PortList } from './port-list.tsx';

export function NodeInspector({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: GraphNode }) {
  return (
    <div className="inspector-scroll">
      <NodeFaults modelClass={modelClass} node={node} />
      <AlikeNote modelClass={modelClass} node={node.id} />
      <NodeForm modelClass={modelClass} node={node} />
      <PortList modelClass={modelClass} node={node} />
    </div>
  );
}

function NodeForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: GraphNode }) {
  switch (node.kind) {
    case 'call':
      return <CallForm modelClass={modelClass} node={node} />;
    case 'op':
      return <OpForm modelClass={modelClass} node={node} />;
    case 'input':
      return <InputForm modelClass={modelClass} node={node} />;
    case 'output':
      return <OutputForm modelClass={modelClass} node={node} />;
    case 'constant':
      return <ConstantForm modelClass={modelClass} node={node} />;
  }
}
