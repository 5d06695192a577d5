/** @file The palette: drag an entry to the canvas, or double-click it, or press Enter on it. */
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useServices } from '../../hooks/services.ts';
import { addTypeWired, INSERT_MIME, isInsertable, TYPE_MIME } from '../../commands/add-type.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession } from '../../hooks/session.ts';
import { FIELD_IDS } from '../../ui/field-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { listGroups, searchGroups, type PaletteEntry, type PaletteGroup } from '../../commands/shared/palette-entries.ts';
import './palette.css';

export function Palette() {
  const services = useServices();
  const { session } = services;
  const document = useDocument((model) => model);
  const openClass = useOpenClass()?.id;
  const query = useSession((state) => state.paletteText);
  const setQuery = (paletteText: string): void => session.set({ paletteText });
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const all = useMemo(() => listGroups(document, openClass), [document, openClass]);
  const groups = useMemo(() => searchGroups(all, query), [all, query]);
  const isSearching = query.trim() !== '';
  const visible = groups.flatMap((group) => (isSearching || !folded.has(group.id) ? group.entries : []));
  const activeType = visible.some((entry) => entry.type === active) ? active : (visible[0]?.type ?? '');

  const add = (type: string): void => {
    const node = addTypeWired(services, type);
    if (node !== undefined) requestAnimationFrame(() => services.canvas.keepInSight(node));
  };
  const focus = (type: string): void => {
    setActive(type);
    list.current?.querySelector<HTMLElement>(`[data-type="${CSS.escape(type)}"]`)?.focus();
  };
  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && visible[0]) add(visible[0].type);
    else if (event.key === 'ArrowDown' && visible[0]) focus(visible[0].type);
    else if (event.key === 'Escape') setQuery('');
    else return;
    event.preventDefault();
  };
  const onListKey = (event: KeyboardEvent): void => {
    const at = visible.findIndex((entry) => entry.type === activeType);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    const entry = visible[target ?? -1];
    if (entry) focus(entry.type);
    else if (event.key === 'Enter' || event.key === ' ') add(activeType);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toggle = (id: string): void => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  };

  return (
    <section className="side-panel palette" aria-label="Palette">
      <div className="search">
        <Search size={14} aria-hidden="true" />
        <input
          className="input"
          id={FIELD_IDS.palette}
          aria-label="Search layers and ops"
          placeholder="Search layers and ops"
          value={query}
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        {isSearching && <IconButton label="Clear the search" size="small" icon={<X size={14} />} onPress={() => setQuery('')} />}
      </div>
      <div className="palette-list" role="listbox" aria-label="Layers and ops" ref={list} onKeyDown={onListKey}>
        {groups.map((group) => (
          <GroupView
            key={group.id}
            group={group}
            isFolded={!isSearching && folded.has(group.id)}
            activeType={activeType}
            onToggle={() => toggle(group.id)}
            onActivate={setActive}
            onAdd={add}
          />
        ))}
        {groups.length === 0 && <EmptyState title="Nothing fits">Try another library’s name, or fewer letters.</EmptyState>}
      </div>
    </section>
  );
}

interface GroupViewProps {
  readonly group: PaletteGroup;
  readonly isFolded: boolean;
  readonly activeType: string;
  readonly onToggle: () => void;
  readonly onActivate: (type: string) => void;
  readonly onAdd: (type: string) => void;
}

function GroupView({ group, isFolded, activeType, onToggle, onActivate, onAdd }: GroupViewProps) {
  return (
    <div role="group" aria-label={group.title} data-family={group.id}>
      {/* The entries are reached by arrow keys; folding is a convenience of the mouse. */}
      <div className="palette-head" role="presentation" onClick={onToggle}>
        <i className="chip" />
        {group.title}
        <span>{isFolded ? group.entries.length : ''}</span>
      </div>
      {!isFolded &&
        group.entries.map((entry) => (
          <EntryView
            key={entry.type}
            entry={entry}
            isActive={entry.type === activeType}
            onActivate={() => onActivate(entry.type)}
            onAdd={() => onAdd(entry.type)}
          />
        ))}
    </div>
  );
}

interface EntryViewProps {
  readonly entry: PaletteEntry;
  readonly isActive: boolean;
  readonly onActivate: () => void;
  readonly onAdd: () => void;
}

function EntryView({ entry, isActive, onActivate, onAdd }: EntryViewProps) {
  return (
    <div
      className="palette-entry"
      role="option"
      aria-selected={isActive}
      aria-label={`${entry.title} ${entry.kind}`}
      title={`${entry.doc}\nDrag to the canvas or onto a wire, or double-click.`}
      tabIndex={isActive ? 0 : -1}
      data-type={entry.type}
      draggable
      onFocus={onActivate}
      onDoubleClick={onAdd}
      onDragStart={(event) => {
        event.dataTransfer.setData(TYPE_MIME, entry.type);
        if (isInsertable(entry.type)) event.dataTransfer.setData(INSERT_MIME, entry.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      {/* The space keeps the words apart for those who hear them. */}
      <span className="palette-title">{entry.title}</span> {entry.kind === 'op' && <span className="palette-kind">op</span>}
    </div>
  );
}
