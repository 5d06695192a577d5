/** @file A Module in the tree: its name, type, modes, what is wrong, and how many parameters. */
import { type CSSProperties, Fragment } from 'react';
import { ChevronDown, ChevronRight, CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import { findDescriptor } from '../../../core/index.ts';
import { isModeName, type ModuleInfo } from '../../../core/run/index.ts';
import { formatPath } from '../../state/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { KeepEnd } from '../../ui/keep-end.tsx';
import { formatCount, formatPlural } from '../../ui/format.ts';
import type { Found } from '../../state/runs/found-in-run.ts';
import { FoundSign } from '../../ui/found-sign.tsx';
import type { Mark } from './marks.ts';
import type { TreeRow } from './tree.ts';

interface RowViewProps {
  readonly row: TreeRow;
  readonly mark: Mark | undefined;
  /** What the diagnoses found in the run, here or within. */
  readonly found: Found | undefined;
  /** The one that keys start from. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Shown only because something within it is sought. */
  readonly isAround: boolean;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

export function RowView({ row, mark, found, isActive, isSelected, isAround, onChoose, onToggle }: RowViewProps) {
  const { node, level, isOpen, position, siblings } = row;
  const { module } = node;
  const modes = markModes(module);
  const shared = module !== null && module.alsoAt.length > 0;
  const hasChildren = node.children.length > 0;
  const family = module ? (findDescriptor(module.type)?.family ?? 'class') : 'io';
  const isList = hasChildren && node.children.every((child) => typeof child.path.at(-1) === 'number');
  const repeats = isList ? ` ×${node.children.length}` : '';
  const fault = faultOf(mark, isOpen && hasChildren);
  // What lies within an open row is marked there.
  const shownFound = found?.kind === 'within' && isOpen && hasChildren ? undefined : found;
  const words = [...modes.map((mode) => mode.word), ...(shared ? ['shared'] : [])];
  return (
    <div
      className="tree-row"
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-label={describeRow(row, repeats, words, fault, shownFound)}
      tabIndex={isActive ? 0 : -1}
      data-family={family}
      data-around={isAround || undefined}
      style={{ '--depth': depthOf(level) } as CSSProperties}
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
      <KeepEnd className="tree-name" text={node.name || '(root)'} />{' '}
      <span className="tree-type">
        {module?.type}
        {repeats}
      </span>{' '}
      {modes.map(({ name, word }) => (
        <Fragment key={name}>
          <Badge tone="accent" title={`${name} = true`}>
            {word}
          </Badge>{' '}
        </Fragment>
      ))}
      {shared && <Badge title={`Also at ${module.alsoAt.map(formatPath).join(', ')}`}>shared</Badge>}{' '}
      <span className="tree-count">{module && module.paramCount > 0 ? formatCount(module.paramCount) : ''}</span>
      {shownFound && <FoundSign kind={shownFound.kind} texts={shownFound.texts} size={13} isSilent />}
      {fault && <FaultSign fault={fault} />}
    </div>
  );
}

/** In steps of the tree's width. Deep down a step is narrower, or nothing would be left for the name. */
function depthOf(level: number): number {
  const wide = Math.min(level - 1, WIDE_STEPS);
  return wide + (level - 1 - wide) / 3;
}

const WIDE_STEPS = 4;

interface Fault {
  readonly kind: Mark['kind'];
  /** Spoken. */
  readonly words: string;
  /** Shown where one points. */
  readonly title: string;
}

const WORDS = { error: 'has a problem', warning: 'has a warning', unfinished: 'is unfinished' } as const;

/** What lies within an open row is marked there. */
function faultOf(mark: Mark | undefined, isOpen: boolean): Fault | undefined {
  if (!mark) return undefined;
  if (mark.kind === 'error' || (mark.kind !== 'none' && (isOpen || mark.within === 0)))
    return { kind: mark.kind, words: WORDS[mark.kind], title: mark.texts.join('\n') };
  if (isOpen || mark.within === 0) return undefined;
  const words = `${mark.within} ${mark.within === 1 ? 'module' : 'modules'} within ${mark.within === 1 ? 'has' : 'have'} a problem`;
  return { kind: 'none', words, title: words };
}

const SIGNS = { error: CircleAlert, warning: TriangleAlert, unfinished: CircleDashed } as const;

function FaultSign({ fault: { kind, title } }: { readonly fault: Fault }) {
  const Sign = kind === 'none' ? undefined : SIGNS[kind];
  return (
    <span className="tree-fault" data-kind={kind} title={title} aria-hidden="true">
      {Sign ? <Sign size={13} /> : <i />}
    </span>
  );
}

/** Read out whole: the visible words as they stand, with the full path and the unit; what is wrong last. */
function describeRow(
  { node }: TreeRow,
  repeats: string,
  marks: readonly string[],
  fault: Fault | undefined,
  found: Found | undefined,
): string {
  const faults = [...(fault ? [fault.words] : []), ...(found ? [FOUND_WORDS[found.kind]] : [])];
  if (!node.module) return [`${formatPath(node.path)} ×${node.children.length}`, ...marks, ...faults].join(' ');
  const { type, paramCount } = node.module;
  const count = paramCount > 0 ? formatPlural(paramCount, 'parameter') : 'no parameters';
  return [formatPath(node.path), `${type}${repeats}`, ...marks, count, ...faults].join(' ');
}

const FOUND_WORDS = {
  error: 'the run found an error',
  warning: 'the run found a fault',
  note: 'the run has a note',
  within: 'the run found a fault within',
} as const;

/** The modes that are on, in a word each: `eval` for those that evaluation sets. */
function markModes(module: ModuleInfo | null): readonly { readonly name: string; readonly word: string }[] {
  const modes = module?.attributes.filter((attribute) => attribute.mode && attribute.value === true) ?? [];
  return modes.map(({ name }) => ({ name, word: isModeName(name) ? 'eval' : name }));
}
