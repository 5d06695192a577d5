/** @file A value beside its gradient. */
import { MeasuredCard } from './measured-card.tsx';
import type { Subject } from './subjects.ts';

export function SubjectView({ subject }: { readonly subject: Subject }) {
  const { title, kind, tensorKind, value, gradient, names } = subject;
  return (
    <article className="subject" aria-label={`${title} ${kind}`}>
      <h3>
        {title} <span className="subject-kind">{kind}</span>
        {names.map((name) => (
          <span key={name} className="badge">
            {name}
          </span>
        ))}
      </h3>
      <div className="subject-pair">
        <MeasuredCard title="Value" label={`Value of ${title}`} kind={tensorKind} measured={value} />
        {gradient ? (
          <MeasuredCard title="Gradient" label={`Gradient of ${title}`} kind={tensorKind} measured={gradient} />
        ) : (
          <p className="plot-empty">No gradient: the loss does not depend on it, or it is not differentiable.</p>
        )}
      </div>
    </article>
  );
}
