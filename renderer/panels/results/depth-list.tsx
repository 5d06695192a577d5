/** @file Gradient size along depth, as bars on a logarithmic scale: where they shrink step by step, the gradient vanishes. A click selects the node. */
import { useCallback, useMemo } from 'react';
import type { RunResult } from '../../../core/run/index.ts';
import { notFiniteColor } from '../../charts/not-finite-text.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useFoundInRun } from '../../hooks/found-in-run.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { formatNumber } from '../../ui/format.ts';
import type { Found } from '../../state/runs/found-in-run.ts';
import { FoundSign } from '../../ui/found-sign.tsx';
import { EndKept } from '../../ui/end-kept.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { type DepthBar, gradientsAlongDepth } from './depth.ts';

const ROOT: readonly [] = [];
const ROW_HEIGHT = 20;

export function DepthList({ result }: { readonly result: RunResult }) {
  const session = useSessionStore();
  const modelClass = useOpenClass();
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  const bars = useMemo(() => (modelClass ? gradientsAlongDepth(result, modelClass, instance) : []), [result, modelClass, instance]);
  const inRun = useFoundInRun();
  const keyOf = useCallback((index: number) => bars[index]!.key, [bars]);
  if (bars.length === 0) return null;
  return (
    <section className="depth" aria-label="Gradient size along depth">
      <h3>Gradient size along depth</h3>
      <VirtualList count={bars.length} itemHeight={ROW_HEIGHT} keyOf={keyOf}>
        {(index) => {
          const bar = bars[index]!;
          const found = inRun.atNode(instance, bar.node, bar.module);
          return <Bar bar={bar} found={found} onSelect={(node) => session.select({ nodes: [node] })} />;
        }}
      </VirtualList>
    </section>
  );
}

interface BarProps {
  readonly bar: DepthBar;
  readonly found: Found | undefined;
  readonly onSelect: (node: string) => void;
}

function Bar({ bar, found, onSelect }: BarProps) {
  const { node, title, gradient, share, flag } = bar;
  const color = notFiniteColor(gradient);
  return (
    <button type="button" className="depth-bar" onClick={() => onSelect(node)} data-flag={flag ?? undefined}>
      <span className="depth-name">
        <EndKept text={title} />
        {found && <FoundSign kind={found.kind} texts={found.texts} size={12} />}
      </span>
      <span className="depth-track">
        <span style={{ width: `${Math.round(share * 100)}%`, ...(color === undefined ? {} : { background: color }) }} />
      </span>
      <span className="depth-number">
        {color === undefined && formatNumber(gradient.norm)}
        {flag && <b style={color === undefined ? undefined : { color }}>{flag}</b>}
      </span>
    </button>
  );
}
