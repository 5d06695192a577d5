/** @file How many columns a table has: separators behind the last cell of its lines make none. */

/** Whether nothing stands in the cells from `width` on. */
export function isTrailing(cells: readonly string[], width: number): boolean {
  for (let i = width; i < cells.length; i++) if (cells[i]!.trim() !== '') return false;
  return true;
}

/** Cells up to the last in which something stands. */
function contentWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]!.trim() === '') width--;
  return width;
}

/** The columns of a table: as many as the first line fills, or any other within as many separators. */
export function tableWidth(records: readonly (readonly string[])[]): number {
  const [first = []] = records;
  let width = Math.max(1, contentWidth(first));
  for (const cells of records) {
    if (width === first.length) break;
    const content = contentWidth(cells);
    if (content > width && content <= first.length) width = content;
  }
  return width;
}
