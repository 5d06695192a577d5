/** @file The ports of a node with the shapes that they carry, and the probes on what leaves it. */
import { nodePorts } from '../../../core/check/index.ts';
import { formatShape, type TensorSpec } from '../../../core/spec/index.ts';
import type { GraphNode, ModelClass } from '../../../core/document/index.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession } from '../../hooks/session.ts';
import { ProbeControls } from './probe-controls.tsx';
import { Section } from './section.tsx';

export function PortList({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: GraphNode }) {
  const check = useCheck();
  const path = useSession((state) => state.open.at(-1)?.instance);
  const document = useDocument((model) => model);
  const ports = nodePorts(document, modelClass.id, node.id, check.instanceAt(modelClass.id, path)?.scope);
  const inputs = Object.keys(ports?.inputs ?? {});
  const outputs = Object.keys(ports?.outputs ?? {});
  return (
    <>
      {inputs.length > 0 && (
        <Section title="Inputs">
          <dl className="ports">
            {inputs.map((port) => (
              <PortRow key={port} name={port} spec={check.inputShapeOf(modelClass.id, node.id, port, path)} />
            ))}
          </dl>
        </Section>
      )}
      {outputs.length > 0 && (
        <Section title="Outputs">
          {outputs.map((port) => (
            <div key={port} className="output-port">
              <dl className="ports">
                <PortRow name={port} spec={check.shapeOf(modelClass.id, node.id, port, path)} />
              </dl>
              <ProbeControls modelClass={modelClass} at={{ node: node.id, port }} />
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

function PortRow({ name, spec }: { readonly name: string; readonly spec: TensorSpec | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{spec ? `${formatShape(spec.shape)} ${spec.dtype}` : 'not known yet'}</dd>
    </div>
  );
}
