/** @file The gain between two things that are selected. */
import { formatNumber } from '../../ui/format.ts';
import { spanOf, type Span } from './span.ts';
import type { Subject } from './subjects.ts';

export function SpanView({ ends: [first, second] }: { readonly ends: readonly [Subject, Subject] }) {
  const { from, to, activation, gradient } = spanOf(first, second);
  return (
    <dl className="span" aria-label="Span">
      <div>
        <dt>
          Activation, {from} → {to}
        </dt>
        <dd>{gainText(activation)}</dd>
      </div>
      <div>
        <dt>
          Gradient, {to} → {from}
        </dt>
        <dd>{gainText(gradient)}</dd>
      </div>
    </dl>
  );
}

function gainText(gain: Span['activation']): string {
  return gain === null ? 'not known' : `× ${formatNumber(gain)}`;
}
