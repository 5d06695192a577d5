/** @file The filter bar: says which Modules a filter selects, on the canvas and how many, and sets an attribute on just those. */
import { Filter, Layers, X } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { addView, parseFilter, setAttributesWhere, uniqueName, writeFilter, type AttributeValue } from '../../../core/document/index.ts';
import { useDocument, useDocumentStore } from '../../hooks/document.ts';
import { FIELD_IDS } from '../../ui/field-ids.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { pathKey } from '../../state/paths.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { attributesOfMatches, readAttributeValue } from './filter-values.ts';
import './filter-bar.css';

const HELP = 'Dropout · type:Linear · path:head · path~block · not Linear · Dropout or BatchNorm · all(Linear, path:head)';

export function FilterBar() {
  const session = useSessionStore();
  const documentStore = useDocumentStore();
  const client = useRunClient();
  const text = useSession((state) => state.filterText);
  const document = useDocument((doc) => doc);
  const modules = useRuns((state) => state.modules);
  const match = useRuns((state) => state.match);
  const errorId = useId();
  const parsed = useMemo(() => parseFilter(text), [text]);
  const isEmpty = text.trim() === '';

  useEffect(() => {
    client.match(document, parsed.ok && !isEmpty ? { only: parsed.filter, text } : null);
  }, [client, document, parsed, text, isEmpty]);

  const shown = !isEmpty && parsed.ok && match?.text === text ? match : null;
  const matched = useMemo(() => {
    const keys = new Set(shown?.paths.map(pathKey));
    return modules.filter((module) => keys.has(pathKey(module.path)));
  }, [modules, shown]);
  const attributes = useMemo(() => attributesOfMatches(matched), [matched]);

  return (
    <form className="filter-bar" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <Filter size={14} aria-hidden />
      <input
        className="input mono"
        id={FIELD_IDS.filter}
        aria-label="Filter modules"
        aria-invalid={!parsed.ok}
        aria-describedby={errorId}
        placeholder="Filter modules: Dropout, path:head, not Linear …"
        title={HELP}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => session.set({ filterText: event.target.value, filterActive: true })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') session.set({ filterText: '', filterActive: false });
        }}
      />
      {!isEmpty && (
        <IconButton
          label="Clear filter"
          size="small"
          icon={<X size={14} />}
          onPress={() => session.set({ filterText: '', filterActive: false })}
        />
      )}
      <output id={errorId} className="filter-count" data-bad={!parsed.ok || undefined}>
        {!parsed.ok
          ? parsed.error.message
          : shown
            ? `${formatCount(shown.paths.length)} of ${formatCount(modules.length)} modules match`
            : isEmpty
              ? `${formatCount(modules.length)} modules`
              : '…'}
      </output>
      {shown && parsed.ok && (
        <SetAttribute
          attributes={attributes}
          onSet={(name, value) =>
            documentStore.edit(`Set ${name} on ${writeFilter(parsed.filter)}`, (doc) =>
              setAttributesWhere(doc, parsed.filter, { [name]: value }),
            )
          }
          onKeep={(attribute, value) =>
            documentStore.edit(`Keep ${attribute} on ${writeFilter(parsed.filter)} as a view`, (doc) => {
              const taken = doc.views.map((view) => view.name);
              return addView(doc, { name: uniqueName('view', taken), only: parsed.filter, attributes: { [attribute]: value } }).document;
            })
          }
        />
      )}
    </form>
  );
}

interface SetAttributeProps {
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  readonly onSet: (name: string, value: AttributeValue) => void;
  readonly onKeep: (name: string, value: AttributeValue) => void;
}

/** Attribute, value, Set: the `setAttributes` call on what the filter matches; or the same as a view, which leaves the model as it is. */
function SetAttribute({ attributes, onSet, onKeep }: SetAttributeProps) {
  const [chosen, setChosen] = useState('');
  const [draft, setDraft] = useState<string | null>(null);
  const names = [...attributes.keys()];
  const name = names.includes(chosen) ? chosen : (names[0] ?? '');
  const present = attributes.get(name) ?? [];
  if (name === '') return <span className="filter-none">nothing to set on these</span>;
  const isBool = present.some((value) => typeof value === 'boolean');
  // For a flag, the other value is what one wants.
  const suggestion = isBool ? String(present.length === 1 ? !present[0] : true) : String(present[0] ?? '');
  const value = readAttributeValue(draft ?? suggestion, present);
  return (
    <>
      <span className="filter-set">set</span>
      <select
        className="input"
        aria-label="Attribute to set"
        value={name}
        onChange={(event) => {
          setChosen(event.target.value);
          setDraft(null);
        }}
      >
        {names.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      {isBool ? (
        <select className="input" aria-label="Value to set" value={draft ?? suggestion} onChange={(event) => setDraft(event.target.value)}>
          <option>true</option>
          <option>false</option>
        </select>
      ) : (
        <input
          className="input"
          aria-label="Value to set"
          aria-invalid={!value.ok}
          value={draft ?? suggestion}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      <Button
        size="small"
        isDisabled={!value.ok}
        {...(value.ok ? {} : { tooltip: value.message })}
        onPress={() => {
          if (!value.ok) return;
          onSet(name, value.value);
          setDraft(null);
        }}
      >
        Set on matches
      </Button>
      <IconButton
        label="Keep as a view"
        size="small"
        icon={<Layers size={14} />}
        isDisabled={!value.ok}
        onPress={() => value.ok && onKeep(name, value.value)}
      />
    </>
  );
}
