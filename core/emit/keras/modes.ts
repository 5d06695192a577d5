/**
 * @file What the modes of the document become: Keras has one flag for a whole call, `training`, where Flax has an attribute on each Module. A
 * layer that the document leaves in training follows the flag; one that it has set to evaluation is called with `training=False`.
 */
import { matchesPlan } from '../../check/settings.ts';
import type { AttributeValue, ClassId, MemberId, Path, PathFilter } from '../../document/schema.ts';
import type { ClassProgram, LayerPlan } from '../../program/class-program.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import type { Args, LayerDescriptor } from '../../spec/index.ts';

/** `none`: the layer has no mode. `mixed`: it is in training in one use of the class and in evaluation in another. */
export type Mode = 'training' | 'evaluation' | 'mixed' | 'none';

const MODES = ['deterministic', 'useRunningAverage'];

/** The parameter that says whether a layer is in evaluation. */
export function modeOf({ params }: LayerDescriptor, args: Args): string | undefined {
  // What drops nothing has none.
  if (args['rate'] === 0 || args['dropoutRate'] === 0) return undefined;
  return MODES.find((name) => params[name]?.mode === true);
}

export class Modes {
  private readonly byMember = new Map<string, Mode>();
  private readonly decoding = new Set<string>();
  private readonly following = new Set<ClassId>();

  constructor(private readonly program: ModelProgram) {
    if (program.root) this.visit(program.root.program, []);
    // Classes stand before those that use them.
    for (const { id, members } of program.classes)
      if (members.some((plan) => (plan.kind === 'class' ? this.following.has(plan.of) : this.of(id, plan.id) === 'training')))
        this.following.add(id);
  }

  of(classId: ClassId, member: MemberId): Mode {
    return this.byMember.get(`${classId} ${member}`) ?? 'none';
  }

  /** Whether calls of the class do otherwise in training. */
  follows(id: ClassId): boolean {
    return this.following.has(id);
  }

  /** Whether the layer decodes position by position somewhere. */
  decodes(classId: ClassId, member: MemberId): boolean {
    return this.decoding.has(`${classId} ${member}`);
  }

  /** Whether a view evaluates everything, or changes nothing; undefined where it does something between. */
  ofView(only: PathFilter, attributes: Readonly<Record<string, AttributeValue>>): boolean | undefined {
    if (!this.program.root) return undefined;
    const plain = { id: '', kind: 'set', only, attributes } as const;
    const states = new Set<boolean>();
    const visit = (each: ClassProgram, path: Path): void =>
      eachMember(each, path, (plan, place) => {
        if (plan.kind !== 'layer') return visit(plan.program, place);
        const mode = modeOf(plan.layer.descriptor, plan.layer.args);
        if (mode !== undefined && !this.valueOf(plan.layer, place, mode)) states.add(this.valueOf(plan.layer, place, mode, plain));
      });
    visit(this.program.root.program, []);
    return states.size > 1 ? undefined : ([...states][0] ?? true);
  }

  private visit(each: ClassProgram, path: Path): void {
    eachMember(each, path, (plan, place) => {
      if (plan.kind !== 'layer') return this.visit(plan.program, place);
      const { layer } = plan;
      const mode = modeOf(layer.descriptor, layer.args);
      const key = `${each.id} ${layer.id}`;
      if (layer.descriptor.params['decode']?.mode === true && this.valueOf(layer, place, 'decode')) this.decoding.add(key);
      if (mode === undefined) return;
      const found: Mode = this.valueOf(layer, place, mode) ? 'evaluation' : 'training';
      const before = this.byMember.get(key) ?? found;
      this.byMember.set(key, before === found ? found : 'mixed');
    });
  }

  /** An attribute of a layer after all settings. */
  private valueOf({ descriptor, args }: LayerPlan, path: Path, name: string, ...more: ModelProgram['settings']): boolean {
    return [...this.program.settings, ...more].reduce((value, setting) => {
      if (setting.kind !== 'set') return name === 'decode' ? value : setting.kind === 'eval';
      const given = setting.attributes[name];
      return given !== undefined && matchesPlan(setting.only, { path, type: descriptor.type }) ? given === true : value;
    }, args[name] === true);
  }
}

type Found = { readonly kind: 'layer'; readonly layer: LayerPlan } | { readonly kind: 'class'; readonly program: ClassProgram };

function eachMember({ members }: ClassProgram, path: Path, see: (found: Found, path: Path) => void): void {
  for (const plan of members) {
    if (plan.kind === 'alias' || plan.kind === 'unknown') continue;
    const count = plan.repeat?.count ?? 1;
    for (let i = 0; i < count; i++) {
      const place = [...path, plan.attribute, ...(plan.repeat ? [i] : [])];
      if (plan.kind === 'layer') see({ kind: 'layer', layer: plan }, place);
      else {
        const program = plan.elements[i];
        if (program) see({ kind: 'class', program }, place);
      }
    }
  }
}
