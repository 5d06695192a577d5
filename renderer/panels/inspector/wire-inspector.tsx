import { formatShape } from '../../../core/spec/index.ts';
import { findMember, type GraphNode, type ModelClass, type PortRef, type Wire } from '../../../core/document/index.ts';
import { useServices } from '../../hooks/services.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useSession } from '../../hooks/session.ts';
import { Heading } from './heading.tsx';
import { ProbeControls } from './probe-controls.tsx';
import { Section } from './section.tsx';

function nameOf(modelClass: ModelClass, node: GraphNode | undefined): string {
  switch (node?.kind) {
    case 'call':
      return findMember(modelClass, node.member)?.name ?? 'a missing member';
    case 'op':
      return node.op;
    case 'input':
    case 'output':
      return node.name;
    case 'constant':
      return 'constant';
    default:
      return 'nowhere';
  }
}

/** A wire: what it carries, where from and where to, and the probes on its source. */
export function WireInspector({ modelClass, wire }: { readonly modelClass: ModelClass; readonly wire: Wire }) {
  const { session } = useServices();
  const check = useCheck();
  const path = useSession((state) => state.open.at(-1)?.instance);
  const spec = check.shapeOf(modelClass.id, wire.from.node, wire.from.port, path);
  const end = (label: string, { node, port }: PortRef) => {
    const name = nameOf(modelClass, modelClass.nodes[node]);
    return (
      <div>
        <dt>{label}</dt>
        <dd>
          <button type="button" className="link" onClick={() => session.select({ nodes: [node] })}>
            {name}
          </button>
          .{port}
        </dd>
      </div>
    );
  };
  return (
    <div className="inspector-scroll">
      <Heading title={spec ? formatShape(spec.shape) : 'Shape not known yet'} kind={spec ? `wire of ${spec.dtype}` : 'wire'} family="io" />
      <Section title="Wire">
        <dl className="ports">
          {end('from', wire.from)}
          {end('to', wire.to)}
        </dl>
      </Section>
      <Section title="Probes">
        <ProbeControls modelClass={modelClass} at={wire.from} />
      </Section>
    </div>
  );
}
