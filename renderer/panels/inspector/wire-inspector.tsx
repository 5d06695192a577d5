import { formatShape } from '../../../core/spec/index.ts';
import type { ModelClass, PortRef, Wire } from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { useServices } from '../../hooks/services.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useSession } from '../../hooks/session.ts';
import { ChangeForm } from './change-form.tsx';
import { Heading } from './heading.tsx';
import { ProbeControls } from './probe-controls.tsx';
import { Section } from './section.tsx';

const ROOT: readonly [] = [];

/** A wire: what it carries, where from and where to, and the probes on its source. */
export function WireInspector({ modelClass, wire }: { readonly modelClass: ModelClass; readonly wire: Wire }) {
  const { session } = useServices();
  const check = useCheck();
  const path = useSession((state) => state.open.at(-1)?.instance);
  const spec = check.shapeOf(modelClass.id, wire.from.node, wire.from.port, path);
  const end = (label: string, { node, port }: PortRef) => {
    const found = graphOf(modelClass).node(node);
    const name = found ? nodeName(modelClass, found) : 'nowhere';
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
      <Section title="Change its value">
        <ChangeForm instance={path ?? ROOT} at={wire.from} />
      </Section>
    </div>
  );
}
