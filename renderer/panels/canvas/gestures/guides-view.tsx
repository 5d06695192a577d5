import { ViewportPortal } from 'reactflow';
import type { Guide } from './guides.ts';

/** The lines of what is dragged, over the nodes that they join. */
export function GuidesView({ guides }: { readonly guides: readonly Guide[] }) {
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis} ${at}`}
          className="guide"
          data-axis={axis}
          style={axis === 'x' ? { left: at, top: from - 12, height: to - from + 24 } : { left: from - 12, top: at, width: to - from + 24 }}
        />
      ))}
    </ViewportPortal>
  );
}
