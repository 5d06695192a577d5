/** @file What is known about a document without building it, as the editor sees it. */
export { fitToData } from './fit.ts';
export type { Fit } from './fit.ts';
export { withRoot } from './answers.ts';
export type { Check } from './answers.ts';
export { checkDocument, checkInSteps } from './check-document.ts';
export { meansTheSame } from './meaning.ts';
export type { CheckOptions } from './check-document.ts';
export type { DataFiles } from './data.ts';
export type { Instance, MaybeSpec, MaybeSpecs, MemberResult, NodePorts, NodeResult, Scope } from './instance.ts';
export { nodePorts } from './ports.ts';
export { likelihood, takes, typesThatFit, typeTakes } from './fitting.ts';
export { wireIn } from './wire-in.ts';
export type { WiredIn, WireTarget } from './wire-in.ts';
export { whyNotWire } from './why-not-wire.ts';
export type { PlacedInstance } from './tree.ts';
