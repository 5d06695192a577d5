/** @file How far a layout is that takes long, and the way out of it. */
import { useStore } from 'zustand';
import { useServices } from '../../hooks/services.ts';
import { formatCount } from '../../ui/format.ts';

export function ArrangingNote() {
  const { arranger } = useServices();
  const work = useStore(arranger, (state) => state.work);
  if (!work) return null;
  return (
    <div className="arranging" role="status">
      Arranging: {formatCount(work.done)} of {formatCount(work.of)} nodes
      <button type="button" onClick={() => arranger.cancel()}>
        Cancel
      </button>
    </div>
  );
}
