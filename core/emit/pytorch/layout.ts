/**
 * @file Where channels stand: documents have them last, PyTorch's layers of images and sequences behind the batch. One pass over a program
 * moves them where a step needs it, once for each value, and leaves them there for steps that work number by number.
 */
import type { OpStep, Program, Slot, Step } from '../../program/compile-graph.ts';
import type { TorchLayout, TorchOp } from '../../spec/emit-pytorch.ts';
import { defineOp, port, type OpDescriptor, type TensorSpec } from '../../spec/index.ts';

/** The axes behind the channels, by slot; those that are missing have channels last. */
export interface LaidOut {
  readonly program: Program;
  readonly layouts: ReadonlyMap<number, number>;
}

export interface LayoutParts {
  layoutOf(step: Step): TorchLayout;
  specOf(slot: number): TensorSpec | undefined;
}

export function layOut(program: Program, parts: LayoutParts): LaidOut {
  return new LayoutPass(program, parts).run();
}

class LayoutPass {
  private readonly steps: Step[] = [];
  private readonly layouts = new Map<number, number>();
  /** The same value in other layouts, by slot and layout. */
  private readonly forms = new Map<number, Map<number, number>>();
  private count: number;

  constructor(
    private readonly program: Program,
    private readonly parts: LayoutParts,
  ) {
    this.count = 1 + Math.max(-1, ...program.steps.flatMap(({ outputs }) => outputs.map(({ index }) => index)));
  }

  run(): LaidOut {
    for (const step of this.program.steps) this.place(step);
    const outputs = this.program.outputs.map((output) =>
      output.index < 0 ? output : { ...output, index: this.inForm(output.index, 0, undefined) },
    );
    return renumbered({ ...this.program, steps: this.steps, outputs }, this.layouts);
  }

  private place(step: Step): void {
    const wanted = step.outputs.length === 0 ? 0 : this.parts.layoutOf(step);
    const layout = typeof wanted === 'number' ? wanted : this.common(step, wanted);
    const inputs = step.inputs.map((slot, i) => {
      const isMain = i === 0 || wanted === 'any';
      const rank = this.parts.specOf(slot.index)?.shape.length ?? 0;
      return { ...slot, index: this.inForm(slot.index, isMain && rank > layout ? layout : 0, step) };
    });
    this.steps.push({ ...step, inputs });
    const given = wanted === 'inner' ? 0 : layout;
    for (const output of step.outputs) {
      const { index } = output;
      if (given > 0) this.layouts.set(index, given);
      this.forms.set(index, new Map([[given, index]]));
      // What a probe sees stands as the document has it, and everything behind it is made of what the probe lets through.
      if (given > 0 && output.probes.length > 0) {
        this.steps[this.steps.length - 1] = {
          ...this.steps.at(-1)!,
          outputs: step.outputs.map((each) => (each === output ? { ...each, probes: [] } : each)),
        };
        const moved = this.inForm(index, 0, step);
        const last = this.steps.at(-1) as OpStep;
        this.steps[this.steps.length - 1] = { ...last, outputs: [{ ...last.outputs[0]!, probes: output.probes }] };
        this.forms.set(index, new Map([[0, moved]]));
      }
    }
  }

  /** The layout that what comes in has; 0 where it is not one and the same shape, but for single numbers. */
  private common(step: Step, wanted: 'any' | 'inner'): number {
    const specs = step.inputs.map(({ index }) => this.parts.specOf(index));
    const ranks = specs.map((spec) => spec?.shape.length);
    const rank = ranks.find((each) => each !== 0);
    if (rank === undefined || ranks.some((each) => each !== rank && each !== 0)) return 0;
    const home = Math.max(0, ...step.inputs.map(({ index }) => this.homeOf(index)));
    return wanted === 'inner' && home !== rank - 2 ? 0 : home;
  }

  private homeOf(slot: number): number {
    const [first = 0] = this.forms.get(slot)?.keys() ?? [];
    return first;
  }

  /** The slot of the value in that layout; a step that moves its channels is added where there is none. */
  private inForm(slot: number, layout: number, before: Step | undefined): number {
    const forms = this.forms.get(slot);
    const found = forms?.get(layout);
    if (found !== undefined || !forms) return found ?? slot;
    const from = this.homeOf(slot);
    const source = forms.get(from)!;
    // Between two layouts of channels inside, by way of channels last.
    if (from > 0 && layout > 0) {
      const last = this.inForm(slot, 0, before);
      return this.move(slot, last, { from: 0, to: layout });
    }
    return this.move(slot, source, { from, to: layout });
  }

  private move(slot: number, source: number, move: Move): number {
    const index = this.count++;
    const spec = this.parts.specOf(slot);
    this.steps.push(moveStep(source, index, spec, move));
    if (move.to > 0) this.layouts.set(index, move.to);
    this.forms.get(slot)!.set(move.to, index);
    return index;
  }
}

interface Move {
  readonly from: number;
  readonly to: number;
}

const write: TorchOp['write'] = ({ x }, { args }) => {
  const { from, to, rank } = args as unknown as Move & { readonly rank: number };
  // Where one axis is the batch, channels are the second.
  const at = (inner: number) => (inner === 0 ? -1 : rank === inner + 2 ? 1 : -inner - 1);
  return `${x}.movedim(${at(from)}, ${at(to)})`;
};

/** Another form of the same value, whose name it keeps. */
const MOVE: OpDescriptor = defineOp({
  type: 'channels',
  family: 'activation',
  doc: '',
  params: {},
  inputs: { x: port() },
  outputs: { y: port() },
  infer: ({ x }) => ({ y: x! }),
  apply: ({ x }) => x!,
  emit: { flax: () => '', pytorch: { write } },
  examples: [],
});

function moveStep(source: number, index: number, spec: TensorSpec | undefined, move: Move): OpStep {
  return {
    kind: 'op',
    node: { id: `channels ${index}`, kind: 'op', op: move.to > 0 ? 'channelsFirst' : 'channelsLast', args: {} },
    descriptor: MOVE,
    args: { ...move, rank: spec?.shape.length ?? 0 },
    inputs: [{ port: 'x', index: source }],
    outputs: [{ port: 'y', index, spec, probes: [] }],
    usesFields: false,
  };
}

/** Slots are numbered in the order of the steps. */
function renumbered(program: Program, layouts: ReadonlyMap<number, number>): LaidOut {
  const numbers = new Map<number, number>();
  for (const { outputs } of program.steps) for (const { index } of outputs) numbers.set(index, numbers.size);
  const renumber = <T extends Pick<Slot, 'index'>>(slot: T): T => ({ ...slot, index: numbers.get(slot.index) ?? -1 });
  const steps = program.steps.map((step): Step => ({ ...step, inputs: step.inputs.map(renumber), outputs: step.outputs.map(renumber) }));
  return {
    program: { ...program, steps, outputs: program.outputs.map(renumber) },
    layouts: new Map([...layouts].map(([index, layout]) => [numbers.get(index)!, layout])),
  };
}
