/** @file Model files that are dragged onto the window from outside. */
import type { OpenedFile } from './platform.ts';

/** Calls `listener` for each dropped model file; gives back what ends it. Other files and drags within the page pass. */
export function listenForDroppedFiles(listener: (file: OpenedFile) => void): () => void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const onDragOver = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault();
  };
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void file.text().then((text) => listener({ name: file.name, handle: null, text }));
  };
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('drop', onDrop);
  };
}
