/** @file The filter bar: asks for Modules, says how many there are, marks them on the canvas, and does something with just those. */
import { Filter, MousePointerSquareDashed, Waypoints, X } from 'lucide-react';
import { useCallback, useId, useMemo } from 'react';
import { addView, setAttributesWhere, uniqueName } from '../../../core/document/index.ts';
import { invoke } from '../../commands/command.ts';
import { probeMatchesCommand } from '../../commands/probe-matches.command.ts';
import { selectMatchesCommand } from '../../commands/select-matches.command.ts';
import { useDocumentStore } from '../../hooks/document.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { attributesOfMatches } from './filter-values.ts';
import { QueryField } from './query-field.tsx';
import { queryWords } from './query-words.ts';
import { SetAttribute } from './set-attribute.tsx';
import { keptFilter, useQuery } from './use-query.ts';
import './filter-bar.css';

export function FilterBar() {
  const services = useServices();
  const session = useSessionStore();
  const documentStore = useDocumentStore();
  const text = useSession((state) => state.filterText);
  const modules = useRuns((state) => state.modules);
  const errorId = useId();
  const { parsed, isEmpty, paths, matched } = useQuery();
  const attributes = useMemo(() => attributesOfMatches(matched), [matched]);
  // Asked for when there is something to complete: of ten thousand Modules they take a while, after every edit.
  const words = useCallback(() => {
    const { classes } = documentStore.getState().document;
    return queryWords(
      modules,
      Object.values(classes).map(({ name }) => name),
    );
  }, [modules, documentStore]);
  const clear = () => session.set({ filterText: '', filterActive: false });

  return (
    <form className="filter-bar" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <Filter size={14} aria-hidden />
      <QueryField
        text={text}
        words={words}
        isBad={!parsed.ok}
        describedBy={errorId}
        onChange={(next) => session.set({ filterText: next, filterActive: true })}
        onEnter={() => invoke(selectMatchesCommand, services)}
        onEscape={clear}
      />
      {!isEmpty && <IconButton label="Clear filter" size="small" icon={<X size={14} />} onPress={clear} />}
      <output id={errorId} className="filter-count" data-bad={!parsed.ok || undefined} title={parsed.ok ? undefined : parsed.error.message}>
        {!parsed.ok
          ? parsed.error.message
          : paths
            ? [`${formatCount(paths.length)} of ${formatCount(modules.length)}`, <span key="words"> modules match</span>]
            : isEmpty
              ? formatPlural(modules.length, 'module')
              : '…'}
      </output>
      {paths && paths.length > 0 && (
        <>
          <IconButton
            label="Select matches"
            size="small"
            icon={<MousePointerSquareDashed size={14} />}
            onPress={() => invoke(selectMatchesCommand, services)}
          />
          <IconButton
            label="Probe matches"
            size="small"
            icon={<Waypoints size={14} />}
            onPress={() => invoke(probeMatchesCommand, services)}
          />
        </>
      )}
      {paths && (
        <SetAttribute
          attributes={attributes}
          onSet={(name, value) =>
            documentStore.edit(`Set ${name} on ${text.trim()}`, (doc) =>
              setAttributesWhere(doc, keptFilter(doc, parsed, paths), { [name]: value }),
            )
          }
          onKeep={(attribute, value) =>
            documentStore.edit(`Keep ${attribute} on ${text.trim()} as a view`, (doc) => {
              const taken = doc.views.map((view) => view.name);
              const only = keptFilter(doc, parsed, paths);
              return addView(doc, { name: uniqueName('view', taken), only, attributes: { [attribute]: value } }).document;
            })
          }
        />
      )}
    </form>
  );
}
