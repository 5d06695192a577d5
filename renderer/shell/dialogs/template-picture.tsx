import { findDescriptor } from '../../../core/index.ts';
import { annotationsOf, type GraphNode, type ModelClass } from '../../../core/document/index.ts';

const WIDTH = 184;
const HEIGHT = 72;

function familyOf(modelClass: ModelClass, node: GraphNode): string {
  if (node.kind === 'op') return findDescriptor(node.op)?.family ?? 'class';
  if (node.kind !== 'call') return 'io';
  return findDescriptor(modelClass.members.find(({ id }) => id === node.member)?.type ?? '')?.family ?? 'class';
}

/** The graph of a class from afar: boxes in the hues of their families, and wires. It says nothing that its caption does not. */
export function TemplatePicture({ modelClass }: { readonly modelClass: ModelClass }) {
  const { layout, nodes, wires } = modelClass;
  const frames = annotationsOf(modelClass).filter(({ kind }) => kind === 'frame');
  const xs = [...Object.values(layout).flatMap(({ x }) => [x, x + WIDTH]), ...frames.flatMap(({ x, width }) => [x, x + width])];
  const ys = [...Object.values(layout).flatMap(({ y }) => [y, y + HEIGHT]), ...frames.flatMap(({ y, height }) => [y, y + height])];
  const [left, top] = [Math.min(...xs) - 24, Math.min(...ys) - 24];
  const box = [left, top, Math.max(...xs) + 24 - left, Math.max(...ys) + 24 - top];
  return (
    <svg className="template-picture" viewBox={box.join(' ')} aria-hidden="true">
      {frames.map(({ id, x, y, width, height }) => (
        <rect key={id} className="template-frame" x={x} y={y} width={width} height={height} rx={16} />
      ))}
      {Object.values(wires).map(({ id, from, to }) => {
        const [a, b] = [layout[from.node], layout[to.node]];
        if (!a || !b) return null;
        const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2];
        const bend = Math.max(48, Math.abs(x2 - x1) / 2);
        return <path key={id} d={`M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`} />;
      })}
      {Object.values(nodes).map((node) => {
        const at = layout[node.id];
        return (
          at && (
            <g key={node.id} data-family={familyOf(modelClass, node)}>
              <rect className="chip" x={at.x} y={at.y} width={WIDTH} height={HEIGHT} rx={12} />
            </g>
          )
        );
      })}
    </svg>
  );
}
