/** @file The run as a whole, while nothing is selected: gradient size along depth, and everything that has a name. */
import type { RunResult } from '../../../core/run/index.ts';
import { DepthList } from './depth-list.tsx';
import { ValueTable } from './value-table.tsx';

export function Overview({ result }: { readonly result: RunResult }) {
  return (
    <div className="overview">
      <p className="hint">Select a wire, a node or a module to see its value and gradient.</p>
      <div className="overview-columns">
        <DepthList result={result} />
        <ValueTable result={result} />
      </div>
    </div>
  );
}
