/** @file The module tree of the live model: the twin of the canvas that needs no sight and no mouse. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useServices } from '../../hooks/services.ts';
import { findDescriptor } from '../../../core/index.ts';
import { isModeName, type ModuleInfo } from '../../../core/run/index.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { formatPath } from '../../state/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { nestModules, visibleRows, type TreeRow } from './tree.ts';
import { UnusedClasses } from './unused-classes.tsx';
import './module-tree.css';

const ROW_HEIGHT = 24;

export function ModuleTree() {
  const count = useRuns((state) => state.modules.length);
  const problem = useRuns((state) => state.buildProblem);
  return (
    <section className="side-panel" aria-label="Modules">
      <div className="panel-head">
        <h2>Modules</h2>
        {problem && count > 0 && (
          <Badge tone="warning" title={`The model cannot be built: ${problem.message} This is the last one that could.`}>
            outdated
          </Badge>
        )}
        {count > 0 && <span className="panel-count">{formatCount(count)}</span>}
      </div>
      <Tree />
      <UnusedClasses />
    </section>
  );
}

function Tree() {
  const { canvas } = useServices();
  const session = useSessionStore();
  const modules = useRuns((state) => state.modules);
  const buildProblem = useRuns((state) => state.buildProblem);
  const isStarting = useRuns((state) => state.backend === null);
  const selected = useSession((state) => state.selection.modules);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState('[]');
  // The row that keys start from: the selected one, wherever it was selected.
  const activeKey = selected[0] ?? active;
  const list = useRef<VirtualListHandle>(null);
  const root = useMemo(() => nestModules(modules), [modules]);
  const rows = useMemo(() => (root ? visibleRows(root, toggled) : []), [root, toggled]);
  const keyOf = useCallback((index: number) => rows[index]!.node.key, [rows]);
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => row.node.key === activeKey),
  );

  if (!root) {
    return (
      <EmptyState title={buildProblem ? 'The model cannot be built' : isStarting ? 'The engine starts …' : 'No modules yet'}>
        {buildProblem ? `${buildProblem.message} ${buildProblem.hint}` : isStarting ? '' : 'Drag a layer from the palette to the canvas.'}
      </EmptyState>
    );
  }

  const toggle = ({ node }: TreeRow): void => {
    const next = new Set(toggled);
    if (!next.delete(node.key)) next.add(node.key);
    setToggled(next);
  };
  const choose = ({ node }: TreeRow): void => {
    setActive(node.key);
    if (!node.module) return;
    session.select({ modules: [node.key] });
    canvas.revealModule(node.path);
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    choose(row);
    list.current?.show(rows.indexOf(row));
    requestAnimationFrame(() => list.current?.element?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    if (!row) return;
    const hasChildren = row.node.children.length > 0;
    if (event.key === 'ArrowDown') moveTo(activeIndex + 1);
    else if (event.key === 'ArrowUp') moveTo(activeIndex - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(rows.length - 1);
    else if (event.key === 'ArrowRight' && hasChildren && !row.isOpen) toggle(row);
    else if (event.key === 'ArrowRight' && hasChildren) moveTo(activeIndex + 1);
    else if (event.key === 'ArrowLeft' && hasChildren && row.isOpen) toggle(row);
    else if (event.key === 'ArrowLeft') moveTo(rows.findLastIndex((each, i) => i < activeIndex && each.level < row.level));
    else if (event.key === 'Enter' || event.key === ' ') choose(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <VirtualList
      className="tree"
      role="tree"
      aria-label="Module tree"
      count={rows.length}
      itemHeight={ROW_HEIGHT}
      keyOf={keyOf}
      handle={list}
      onKeyDown={onKeyDown}
    >
      {(index) => {
        const row = rows[index]!;
        return (
          <RowView
            row={row}
            isActive={index === activeIndex}
            isSelected={selected.includes(row.node.key)}
            onChoose={() => choose(row)}
            onToggle={() => toggle(row)}
          />
        );
      }}
    </VirtualList>
  );
}

interface RowViewProps {
  readonly row: TreeRow;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

function RowView({ row, isActive, isSelected, onChoose, onToggle }: RowViewProps) {
  const { node, level, isOpen, position, siblings } = row;
  const { module } = node;
  const modes = markModes(module);
  const shared = module !== null && module.alsoAt.length > 0;
  const hasChildren = node.children.length > 0;
  const family = module ? (findDescriptor(module.type)?.family ?? 'class') : 'io';
  const repeats = !isOpen && hasChildren ? `×${node.children.length}` : '';
  return (
    <div
      className="tree-row"
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-label={describeRow(row, [...modes.map((mode) => mode.word), ...(shared ? ['shared'] : [])])}
      tabIndex={isActive ? 0 : -1}
      data-family={family}
      style={{ paddingLeft: 4 + 14 * (level - 1) }}
      onClick={onChoose}
      onDoubleClick={() => hasChildren && onToggle()}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
    >
      <span
        className="tree-arrow"
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {hasChildren && (isOpen ? <ChevronDown size={14} /> : <ChevronRight size={14} />)}
      </span>
      <i className="chip" />
      <span className="tree-name">{node.name || '(root)'}</span> <span className="tree-type">{module?.type ?? repeats}</span>{' '}
      {modes.map(({ name, word }) => (
        <Badge key={name} tone="accent" title={`${name} = true`}>
          {word}
        </Badge>
      ))}{' '}
      {shared && <Badge title={`Also at ${module.alsoAt.map(formatPath).join(', ')}`}>shared</Badge>}
      <span className="tree-count">{module && module.paramCount > 0 ? formatCount(module.paramCount) : ''}</span>
    </div>
  );
}

/** Read out whole: the visible words, with the full path and the unit. */
function describeRow({ node }: TreeRow, marks: readonly string[]): string {
  if (!node.module) return `${formatPath(node.path)} ×${node.children.length}`;
  const { type, paramCount } = node.module;
  const count = paramCount > 0 ? formatPlural(paramCount, 'parameter') : 'no parameters';
  return [formatPath(node.path), type, ...marks, count].join(' ');
}

/** The modes that are on, in a word each: `eval` for those that evaluation sets. */
function markModes(module: ModuleInfo | null): readonly { readonly name: string; readonly word: string }[] {
  const modes = module?.attributes.filter((attribute) => attribute.mode && attribute.value === true) ?? [];
  return modes.map(({ name }) => ({ name, word: isModeName(name) ? 'eval' : name }));
}
