/** @file Gradient size along depth, as bars on a logarithmic scale: where they shrink step by step, the gradient vanishes. A click selects the node. */
import { useCallback, useMemo } from 'react';
import type { RunResult } from '../../../core/run/index.ts';
import { notFiniteColor } from '../../charts/not-finite-text.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { formatNumber } from '../../ui/format.ts';
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
  const keyOf = useCallback((index: number) => bars[index]!.key, [bars]);
  if (bars.length === 0) return null;
  return (
    <section className="depth" aria-label="Gradient size along depth">
      <h3>Gradient size along depth</h3>
      <VirtualList count={bars.length} itemHeight={ROW_HEIGHT} keyOf={keyOf}>
        {(index) => <Bar bar={bars[index]!} onSelect={(node) => session.select({ nodes: [node] })} />}
      </VirtualList>
    </section>
  );
}

function Bar({ bar, onSelect }: { readonly bar: DepthBar; readonly onSelect: (node: string) => void }) {
  const { node, title, gradient, share, flag } = bar;
  const color = notFiniteColor(gradient);
  return (
    <button type="button" className="depth-bar" onClick={() => onSelect(node)} data-flag={flag ?? undefined}>
      <EndKept text={title} />
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
