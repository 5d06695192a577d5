/** @file Numbers of the data that are looked up in a table that has no row for them. */
import { defineDiagnosis, notChecked } from '../define.ts';

export const dataIdOutOfRangeDiagnosis = defineDiagnosis({
  code: 'data/id-out-of-range',
  doc: 'An id in the data that an Embed (or a take) has no row for. JAX gives NaN for it.',
  what: 'columns',
  look({ fault, source }) {
    if (fault?.code === 'data/id-range') {
      const { message, hint, path = [], node = null } = fault;
      return { checked: 1, found: [{ severity: 'error', path, node, message, evidence: { message }, fix: hint }] };
    }
    if (!source?.ranges) return notChecked('The data are made up, or could not be opened.');
    return { found: [], checked: source.ranges().length };
  },
});
