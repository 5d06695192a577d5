import { useEffect } from 'react';
import { useDocumentState } from '../hooks/document.ts';
import { useServices } from '../hooks/services.ts';

/** Shows the whole of a document that was opened, or where one begins to read a large one. */
export function useFitOnLoad(): void {
  const { canvas } = useServices();
  const loads = useDocumentState((state) => state.loads);
  useEffect(() => {
    if (loads === 0) return undefined;
    // The canvas takes the new nodes over in this frame.
    const frame = requestAnimationFrame(() => canvas.fit('opening'));
    return () => cancelAnimationFrame(frame);
  }, [canvas, loads]);
}
