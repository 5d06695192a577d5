/** @file What is asked of one class, as the editor and the command line see it. */
export { graphOf, groupBy } from './graph-of.ts';
export type { GraphIndex, GraphParts } from './graph-of.ts';
export { nodeName, nodeTitle } from './node-name.ts';
export { nodesAlong } from './reach.ts';
