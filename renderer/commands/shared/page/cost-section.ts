/** @file What the model of a page costs, Module by Module. */
import { BYTES_OF_FLOAT, formatBytes, type CostRow, type Sizes } from '../../../../core/check/index.ts';
import { formatShape } from '../../../../core/spec/index.ts';
import { formatPath } from '../../../state/paths.ts';
import { formatCount, formatMany } from '../../../ui/format.ts';
import { table } from './class-section.ts';
import { html, NOTHING, type Markup } from './markup.ts';

const COLUMNS = ['Module', 'Type', 'Output', 'Parameters', 'Multiply-adds', 'Activations'];
/** Of a larger model the first are listed: a page is to be read. */
const MOST_ROWS = 2000;

export function costSection(rows: readonly CostRow[], sizes: Sizes): Markup {
  const [total] = rows;
  if (!total) return NOTHING;
  const lengths = [...sizes].map(([axis, length]) => `${axis} ${length}`).join(', ');
  const cells = rows.slice(0, MOST_ROWS).map(({ path, type, outputs, parameters, multiplyAdds, activations, unknown }) => {
    const least = unknown > 0 ? '≥ ' : '';
    return [
      html`<code>${formatPath(path)}</code>`,
      html`${type}`,
      html`${outputs.map(formatShape).join(', ')}`,
      html`${parameters === 0 ? '–' : formatCount(parameters)}`,
      html`${least}${multiplyAdds === 0 ? '–' : formatMany(multiplyAdds)}`,
      html`${least}${activations === 0 ? '–' : formatBytes(activations * BYTES_OF_FLOAT)}`,
    ];
  });
  const rest = rows.length - cells.length;
  return html`<section id="parameters" aria-labelledby="parameters-name">
    <h2 id="parameters-name">Parameters and cost</h2>
    <p>
      ${formatCount(total.parameters)} parameters (${formatBytes(total.parameters * BYTES_OF_FLOAT)}), ${formatMany(total.multiplyAdds)}
      multiply-adds in a forward pass, counted with ${lengths}.
    </p>
    ${table('Modules', 'the model', COLUMNS, cells, [3, 4, 5])}
    ${rest > 0 ? html`<p class="muted">And ${formatCount(rest)} more.</p>` : NOTHING}
  </section>`;
}
