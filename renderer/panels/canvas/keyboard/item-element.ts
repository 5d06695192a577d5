/** @file The elements of the canvas that can have the keyboard: nodes, notes, and the labels of wires. */

const ITEMS = '.react-flow__node, .wire-shape';

/** Whether an element is one itself; a field or a button within a node is none. */
export function isItem(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.matches(ITEMS);
}

/** React Flow leaves the keyboard to us: an item is in the order of Tab where it is the one place of the canvas there. */
export function tabIndexOf(isTabStop: boolean): { readonly tabIndex: 0 | -1 } {
  return isTabStop ? TAB_STOP : REACHED_BY_ARROWS;
}

const TAB_STOP = { tabIndex: 0 } as const;
const REACHED_BY_ARROWS = { tabIndex: -1 } as const;
