/** @file What the inference of a graph offers to the parts that it is made of. */
import type { Fix, Place, Problem } from '../document/problem.ts';
import type { GraphNode, ModelClass, ModelDocument } from '../document/schema.ts';
import type { Args, Descriptor, Rejection } from '../spec/index.ts';
import type { Instance, MaybeSpecs, MemberResult, Scope } from './instance.ts';

/** How a class is used: with which field values, and what comes in by the name of the input (null: as the inputs declare). */
export interface Use {
  readonly scope: Scope;
  readonly inputs: MaybeSpecs | null;
}

/** What one layer makes of its inputs, shared by all others of a class that have its type and arguments, and get the same. */
export interface AlikeLayer {
  readonly settled: Pick<MemberResult, 'args' | 'isComplete' | 'inferred'>;
  readonly outputs: MaybeSpecs;
  /** What is known of each as a member, in the end. */
  result?: MemberResult;
}

/** A rejection that may know edits of the document. */
export interface Fault extends Rejection {
  readonly fixes?: readonly Fix[];
}

export interface Inferring {
  readonly document: ModelDocument;
  readonly modelClass: ModelClass;
  readonly use: Use;
  /** Given for a second call of the same Module: arguments that the first call settled stay. */
  readonly built?: Instance | undefined;
  /** By type, arguments and inputs. Large models are made of few different layers. */
  readonly alike: Map<string, AlikeLayer>;
  /** Reports what is wrong with a node or with an argument of its type. */
  report(rejection: Fault, place: Place, subject: string, severity?: Problem['severity']): void;
  placeOf(node: GraphNode): Place;
  /** Reports required ports without a wire, and wires to ports that are not there. */
  requireWires(node: GraphNode, ports: Readonly<Record<string, { readonly optional?: boolean }>>): void;
  /** The outputs of a type; nothing where an input that it needs is not known. */
  inferOutputs(descriptor: Descriptor, inputs: MaybeSpecs, args: Args): MaybeSpecs;
  inferNested(used: ModelClass, use: Use, built?: Instance): Instance;
}
