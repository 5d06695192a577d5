/** @file The ports of a node with the shapes that they carry, and the probes on what leaves it. */
import { nodePorts } from '../../../core/check/index.ts';
import { formatShape, type TensorSpec } from '../../../core/spec/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
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
  const inputs = Object.entries(ports?.inputs ?? {});
  const wired = new Set(
    graphOf(modelClass)
      .incoming(node.id)
      .map(({ to }) => to.port),
  );
  const outputs = Object.keys(ports?.outputs ?? {});
  return (
    <>
      {inputs.length > 0 && (
        <Section title="Inputs">
          <dl className="ports">
            {inputs.map(([port, { optional }]) => (
              <PortRow
                key={port}
                name={port}
                spec={check.inputShapeOf(modelClass.id, node.id, port, path)}
                otherwise={wired.has(port) ? 'not known yet' : optional ? 'optional, not wired' : 'not wired yet'}
              />
            ))}
          </dl>
        </Section>
      )}
      {outputs.length > 0 && (
        <Section title="Outputs">
          {outputs.map((port) => (
            <div key={port} className="output-port">
              <dl className="ports">
                <PortRow name={port} spec={check.shapeOf(modelClass.id, node.id, port, path)} otherwise="not known yet" />
              </dl>
              <ProbeControls modelClass={modelClass} at={{ node: node.id, port }} />
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

interface PortRowProps {
  readonly name: string;
  readonly spec: TensorSpec | undefined;
  /** What stands where no shape is known. */
  readonly otherwise: string;
}

function PortRow({ name, spec, otherwise }: PortRowProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{spec ? `${formatShape(spec.shape)} ${spec.dtype}` : otherwise}</dd>
    </div>
  );
}
