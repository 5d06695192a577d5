/** @file A Module of the structure lens: its path, type, parameter count and the attributes that have modes. */
import { memo, useMemo } from 'react';
import { Handle, type Node, type NodeProps, Position } from 'reactflow';
import { useFoundInRun } from '../../hooks/found-in-run.ts';
import { useRuns } from '../../hooks/runs.ts';
import { seenOfModule } from '../../state/runs/lookup.ts';
import { formatPath } from '../../state/paths.ts';
import { formatCount } from '../../ui/format.ts';
import { FoundSign } from '../../ui/found-sign.tsx';
import { KeepEnd } from '../../ui/keep-end.tsx';
import { heatProps, useHeat } from './heat.ts';
import { HeatNumber } from './heat-number.tsx';
import { useMatch } from '../../hooks/use-match.ts';
import { ModeRows } from './modes.tsx';
import type { TreeBox } from './tree-layout.ts';

export type ModuleNode = Node<{ readonly box: TreeBox; readonly family: string; readonly onUnfold: (parent: string) => void }, 'module'>;

export const ModuleView = memo(function ModuleView({ data: { box, family, onUnfold }, selected }: NodeProps<ModuleNode>) {
  const { module, repeats, parent } = box;
  const result = useRuns((state) => state.result?.result);
  // Of a fold every Module counts: a NaN of the seventh must not hide behind the first.
  const seen = useMemo(() => box.alike.flatMap((each) => seenOfModule(result, each)), [box.alike, result]);
  const heat = useHeat(seen, module.path);
  const match = useMatch(module.path);
  const inRun = useFoundInRun();
  const found = box.alike.map(({ path }) => inRun.atModule(path)).find((each) => each !== undefined);
  const first = formatPath(module.path);
  return (
    <div
      className="module"
      data-family={family}
      data-selected={selected || undefined}
      data-match={match}
      data-folded={repeats > 1 || undefined}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="module-head" {...heatProps(heat)}>
        <KeepEnd className="module-path" text={first} />
        {repeats > 1 && parent !== null && (
          <button
            type="button"
            tabIndex={-1}
            className="module-fold nodrag"
            title={`${repeats} alike: show each (+)`}
            onClick={() => onUnfold(parent)}
          >
            ×{repeats}
          </button>
        )}
        <span className="module-type">
          {module.type} {found && <FoundSign kind={found.kind} texts={found.texts} size={12} />}
        </span>
        <span className="module-count" title="Parameters, those of Modules inside included">
          {module.paramCount > 0 ? formatCount(module.paramCount) : 'no params'}
        </span>
      </div>
      <HeatNumber heat={heat} />
      <ModeRows module={module} paths={box.alike.map((each) => each.path)} title={first} />
      {module.alsoAt.map((path) => (
        <div key={formatPath(path)} className="module-also" title="The same Module, shared">
          also {formatPath(path)}
        </div>
      ))}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
