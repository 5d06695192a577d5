/** @file The Modules right inside of one: elements of a list, the projections of attention, members of a class. A click selects one. */
import { useMemo } from 'react';
import type { Path } from '../../../core/document/index.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSessionStore } from '../../hooks/session.ts';
import { formatPath, pathKey } from '../../state/paths.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from './section.tsx';

/** Of more the module tree has the rest. */
const MOST = 40;

export function InsideList({ title = 'Inside', path }: { readonly title?: string; readonly path: Path }) {
  const session = useSessionStore();
  const modules = useRuns((state) => state.modules);
  const key = pathKey(path);
  const inside = useMemo(() => modules.filter((each) => each.path.length > 0 && pathKey(each.path.slice(0, -1)) === key), [modules, key]);
  if (inside.length === 0) return null;
  return (
    <Section title={title}>
      <dl className="ports">
        {inside.slice(0, MOST).map((module) => (
          <div key={pathKey(module.path)}>
            <dt>
              <button type="button" className="link" onClick={() => session.select({ modules: [pathKey(module.path)] })}>
                {formatPath(module.path)}
              </button>
            </dt>
            <dd>{module.type}</dd>
          </div>
        ))}
      </dl>
      {inside.length > MOST && <p className="section-note">{formatCount(inside.length - MOST)} more are in the module tree.</p>}
    </Section>
  );
}
