/** @file What the parts of the emitted code ask about the whole model. */
import type { Place } from '../../document/problem.ts';
import type { ClassId } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { kerasGap, type KerasDefinition, type KerasWeights } from '../../spec/index.ts';
import { codeModel, type CodeModel, type Use } from '../code-model.ts';
import type { Refusal } from '../target.ts';
import { Modes } from './modes.ts';
import { shapesByClass, type KnownShapes } from './shapes.ts';

const NOTHING: KnownShapes = new Map();

export class KerasModel {
  readonly code: CodeModel;
  readonly modes: Modes;
  readonly imports = new Set(['import keras']);
  readonly use: Use = (line) => void this.imports.add(line);
  readonly refusals: Refusal[] = [];
  /** Classes that Keras lacks, by name. */
  readonly definitions = new Map<string, KerasDefinition>();
  /** By the class of Keras. */
  readonly weights = new Map<string, KerasWeights>();
  private readonly shapes: ReadonlyMap<ClassId, KnownShapes>;

  constructor(readonly program: ModelProgram) {
    this.code = codeModel(program);
    this.modes = new Modes(program);
    this.shapes = shapesByClass(program.check.root);
  }

  shapesOf(id: ClassId): KnownShapes {
    return this.shapes.get(id) ?? NOTHING;
  }

  /** @throws KerasGap where two layers of one class of Keras hold their weights in two ways. */
  addWeights(weights: KerasWeights): void {
    const known = this.weights.get(weights.type);
    if (known && JSON.stringify(known) !== JSON.stringify(weights)) kerasGap('Another layer of its kind holds its kernel turned around.');
    this.weights.set(weights.type, weights);
  }

  refuse(place: Place, subject: string, reason: string): void {
    this.refusals.push({ place, subject, reason });
  }
}
