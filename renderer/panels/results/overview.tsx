/** @file The run as a whole, while nothing is selected: gradient size along depth, what capture returned, all parameters. */
import { useMemo } from 'react';
import type { RunResult, Summary } from '../../../core/run/index.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { formatPath } from '../../state/paths.ts';
import { formatNumber } from '../../ui/format.ts';
import { gradientsAlongDepth } from './depth.ts';

const ROOT: readonly [] = [];

function Cells({ summary }: { readonly summary: Summary | null }) {
  return (
    <>
      <td>{summary ? `(${summary.shape.join(', ')})` : '–'}</td>
      <td>{formatNumber(summary?.mean)}</td>
      <td>{formatNumber(summary?.std)}</td>
      <td>{formatNumber(summary?.norm)}</td>
    </>
  );
}

function Captured({ result }: { readonly result: RunResult }) {
  return (
    <table className="summary-table" aria-label="Captured">
      <thead>
        <tr>
          <th scope="col">Captured</th>
          <th scope="col">As</th>
          <th scope="col">Shape</th>
          <th scope="col">Mean</th>
          <th scope="col">Std</th>
          <th scope="col">Norm</th>
        </tr>
      </thead>
      <tbody>
        {result.captured.flatMap((captured) =>
          captured.entries.map((entry, index) => (
            <tr key={entry.key}>
              <th scope="row">
                {formatPath(captured.path)}
                {captured.entries.length > 1 && ` [${index}]`}
                {captured.calls > 1 && captured.kind === 'perturb' && <span className="badge warning">sum of {captured.calls} calls</span>}
              </th>
              <td>{captured.kind === 'sow' ? captured.variableType : `${captured.variableType} gradient`}</td>
              <Cells summary={entry.summary} />
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function Parameters({ result }: { readonly result: RunResult }) {
  const parameters = result.variables.filter((variable) => !variable.type.startsWith('Rng'));
  return (
    <table className="summary-table" aria-label="Parameters">
      <thead>
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Type</th>
          <th scope="col">Shape</th>
          <th scope="col">Mean</th>
          <th scope="col">Std</th>
          <th scope="col">Norm</th>
          <th scope="col">Gradient norm</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((variable) => (
          <tr key={variable.valueKey}>
            <th scope="row">{formatPath(variable.path)}</th>
            <td>{variable.type}</td>
            <Cells summary={variable.value} />
            <td>{formatNumber(variable.gradient?.norm)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Bars on a logarithmic scale: where they shrink step by step, the gradient vanishes. A click selects the node. */
function Depth({ result }: { readonly result: RunResult }) {
  const session = useSessionStore();
  const modelClass = useOpenClass();
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  const bars = useMemo(() => (modelClass ? gradientsAlongDepth(result, modelClass, instance) : []), [result, modelClass, instance]);
  if (bars.length === 0) return null;
  return (
    <section className="depth" aria-label="Gradient size along depth">
      <h3>Gradient size along depth</h3>
      {bars.map((bar) => (
        <button key={bar.key} type="button" onClick={() => session.select({ nodes: [bar.node] })} data-flag={bar.flag ?? undefined}>
          <span>{bar.title}</span>
          <span className="depth-track">
            <span style={{ width: `${Math.round(bar.share * 100)}%` }} />
          </span>
          <output>{formatNumber(bar.norm)}</output>
          {bar.flag && <b>{bar.flag}</b>}
        </button>
      ))}
    </section>
  );
}

export function Overview({ result }: { readonly result: RunResult }) {
  return (
    <div className="overview">
      <p className="hint">Select a wire, a node or a module to see its value and gradient.</p>
      <div className="overview-columns">
        <Depth result={result} />
        <div>
          {result.captured.length > 0 && <Captured result={result} />}
          <Parameters result={result} />
        </div>
      </div>
    </div>
  );
}
