/** @file A Module of the live tree, by its path. */
import { useServices } from '../../hooks/services.ts';
import { findDescriptor } from '../../../core/index.ts';
import { findClassByName } from '../../../core/document/index.ts';
import { showPlace } from '../../commands/show-place.ts';
import { findMemberAt } from '../../state/derived/find-instance.ts';
import { useDocument } from '../../hooks/document.ts';
import { useRuns } from '../../hooks/runs.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import { formatPath, parsePathKey } from '../../state/paths.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Heading } from './heading.tsx';
import { LiveModuleView } from './live-module.tsx';

export function ModuleInspector({ pathKey }: { readonly pathKey: string }) {
  const services = useServices();
  const document = useDocument((model) => model);
  const module = useRuns((state) => modulesByPath(state.modules).get(pathKey));
  if (!module) return <EmptyState title="This module is gone">The model was changed since it was selected.</EmptyState>;
  const path = parsePathKey(pathKey);
  const descriptor = findDescriptor(module.type);
  const place = findMemberAt(document, path);
  const doc = descriptor?.doc ?? findClassByName(document, module.type)?.doc ?? '';
  return (
    <div className="inspector-scroll">
      <Heading title={formatPath(path)} kind={module.type} family={descriptor?.family ?? 'class'} doc={doc}>
        <div className="inspector-actions">
          {place && (
            <Button size="small" onPress={() => showPlace(services, { class: place.class, member: place.member })}>
              Show in data flow
            </Button>
          )}
          {module.alsoAt.length > 0 && <span>shared: also at {module.alsoAt.map(formatPath).join(', ')}</span>}
        </div>
      </Heading>
      <LiveModuleView module={module} />
    </div>
  );
}
