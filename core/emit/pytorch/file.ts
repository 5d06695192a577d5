/** @file What is gathered while a file is written: imports, definitions, how tensors are called in Flax, and what PyTorch lacks. */
import type { Place } from '../../document/problem.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import type { TorchDefinition, TorchWeights } from '../../spec/emit-pytorch.ts';
import { codeModel, freeName, type CodeModel } from '../code-model.ts';
import type { Refusal } from '../target.ts';
import { TorchRefusal } from './context.ts';
import { Uses } from './uses.ts';

export class TorchFile {
  readonly model: CodeModel;
  readonly uses: Uses;
  readonly imports = new Set<string>(['import torch', 'from torch import nn']);
  readonly definitions = new Map<string, TorchDefinition>();
  readonly weights = new Map<string, TorchWeights>();
  readonly refusals: Refusal[] = [];
  /** The classes of PyTorch that the members of each type of layer became. */
  readonly classesOf = new Map<string, Set<string>>();
  readonly classNames: ReadonlySet<string>;
  private readonly names = new Map<string, string>();

  constructor(readonly program: ModelProgram) {
    this.model = codeModel(program);
    this.uses = new Uses(program);
    this.classNames = new Set(program.classes.map(({ name }) => name));
  }

  readonly use = (line: string): void => {
    this.imports.add(line);
  };

  /** The name of a definition that the file then has; a class of the document of that name keeps its own. */
  readonly define = (definition: TorchDefinition): string => {
    const { name, imports = [], needs = [] } = definition;
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const own = freeName([name, /^[A-Z]/.test(name) ? `Torch${name}` : `torch_${name}`], this.classNames);
    this.names.set(name, own);
    for (const line of imports) this.use(line);
    let { source } = definition;
    for (const each of needs) source = renamed(source, each.name, this.define(each));
    this.definitions.set(own, { ...definition, source: renamed(source, name, own) });
    return own;
  };

  /** @throws TorchRefusal where a class of PyTorch stands for two of Flax with other names. */
  addWeights(weights: TorchWeights): void {
    // Of what stands in the file only where it does.
    if (!weights.of.startsWith('nn.') && !this.names.has(weights.of)) return;
    const own = { ...weights, of: this.names.get(weights.of) ?? weights.of };
    const known = this.weights.get(own.of);
    if (known && JSON.stringify(known) !== JSON.stringify(own))
      throw new TorchRefusal(`${own.of} stands for another layer already, whose weights have other names.`);
    this.weights.set(own.of, own);
  }

  /** What `write` gives; undefined where PyTorch lacks what it asks for, which is then noted. */
  orRefused<T>(place: Place, subject: string, write: () => T): T | undefined {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof TorchRefusal)) throw error;
      const isKnown = this.refusals.some(
        (each) => each.place.node === place.node && each.place.class === place.class && each.reason === error.message,
      );
      if (!isKnown || place.node === undefined) this.refusals.push({ place, subject, reason: error.message });
      return undefined;
    }
  }
}

function renamed(source: string, from: string, to: string): string {
  return from === to ? source : source.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
}
