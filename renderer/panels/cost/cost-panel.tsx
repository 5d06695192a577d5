/** @file What the model costs before it is run: in total, and Module by Module as `nnx.tabulate` lists them. */
import { Copy } from 'lucide-react';
import { useServices } from '../../hooks/services.ts';
import { useCostTable } from '../../hooks/costs.ts';
import { writeClipboard } from '../../commands/shared/system-clipboard.ts';
import { orTell } from '../../state/or-tell.ts';
import { BYTES_OF_FLOAT, formatBytes } from '../../../core/check/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatMany, formatPlural } from '../../ui/format.ts';
import { AxisLengths } from './axis-lengths.tsx';
import { CostTable } from './cost-table.tsx';
import { costText } from './cost-text.ts';
import './cost.css';

export function CostPanel() {
  const { dialogs } = useServices();
  const rows = useCostTable();
  const [total] = rows;
  if (!total) {
    return (
      <EmptyState title="Nothing to count yet">
        Add a layer, or, if this model has more Modules than can be listed, open a part of it.
      </EmptyState>
    );
  }
  const copy = async (): Promise<void> => {
    const isCopied = await writeClipboard(costText(rows));
    if (isCopied) dialogs.tell('Copied the table as text.', 'info');
    else dialogs.tell('The system did not let the table be copied. Bring the window to the front and try again.', 'error');
  };
  return (
    <div className="cost">
      <div className="cost-head">
        <AxisLengths />
        <dl className="cost-total">
          <Total name="Parameters" value={formatCount(total.parameters)} note={formatBytes(total.parameters * BYTES_OF_FLOAT)} />
          <Total name="Multiply-adds" value={formatMany(total.multiplyAdds)} note="a forward pass" />
          <Total name="Activations" value={formatBytes(total.activations * BYTES_OF_FLOAT)} note="kept for the backward pass" />
          <Total name="Gradients" value={formatBytes(total.parameters * BYTES_OF_FLOAT)} note="of the parameters" />
        </dl>
        <Button size="small" onPress={() => orTell(dialogs, 'The table could not be copied', copy())}>
          <Copy size={14} /> Copy as Text
        </Button>
      </div>
      {total.unknown > 0 && (
        <p className="cost-unknown" role="status">
          Without {formatPlural(total.unknown, 'call')} of which a shape is not known: mend what Problems lists, or give every axis above a
          length.
        </p>
      )}
      <CostTable rows={rows} />
    </div>
  );
}

function Total({ name, value, note }: { readonly name: string; readonly value: string; readonly note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> <small>{note}</small>
      </dd>
    </div>
  );
}
