/** @file The members of a class by id, and what stands behind an alias. */
import { pastOf } from '../document/records.ts';
import type { Member, MemberId } from '../document/schema.ts';

const NONE: readonly never[] = [];

type ById = Pick<ReadonlyMap<MemberId, Member>, 'get'>;

/** The members of before by id, but for a few that have changed since. */
interface Base {
  readonly all: ReadonlyMap<MemberId, Member>;
  readonly changed: ReadonlyMap<MemberId, Member>;
}

/** Copied with every edit. */
const MAX_CHANGED = 256;

export class MemberIndex {
  /** The first of each id counts, as in a search from the front. */
  readonly byId: ById;
  private readonly base: Base;
  private readonly aliases: readonly Member[];
  /** What was found behind aliases so far. */
  private readonly found = new Map<MemberId, Member | undefined>();
  private targets: ReadonlyMap<MemberId, readonly MemberId[]> | undefined;

  constructor(members: readonly Member[], known?: { readonly base: Base; readonly aliases: readonly Member[] }) {
    this.base = known?.base ?? { all: firstOfEach(members), changed: new Map() };
    this.aliases = known?.aliases ?? members.filter((member) => member.aliasOf !== undefined);
    const { all, changed } = this.base;
    this.byId = changed.size === 0 ? all : { get: (id) => changed.get(id) ?? all.get(id) };
  }

  /** With members in place of others of the same ids; undefined where an alias is concerned, or so many that all are better entered anew. */
  after(members: readonly Member[], replaced: readonly Member[]): MemberIndex | undefined {
    if (replaced.some((member) => member.aliasOf !== undefined || this.byId.get(member.id)?.aliasOf !== undefined)) return undefined;
    const changed = new Map([...this.base.changed, ...replaced.map((member) => [member.id, member] as const)]);
    const base = { all: this.base.all, changed };
    return changed.size > MAX_CHANGED ? undefined : new MemberIndex(members, { base, aliases: this.aliases });
  }

  /** The members behind which aliases stand. */
  get aliased(): Iterable<MemberId> {
    return this.namesByTarget().keys();
  }

  /** The aliases that stand for a member, itself not among them. */
  aliasesOf(target: MemberId): readonly MemberId[] {
    return this.aliases.length === 0 ? NONE : (this.namesByTarget().get(target) ?? NONE);
  }

  /** The member behind a chain of aliases; undefined if the chain leads nowhere or round in a circle. Each chain is walked once. */
  behind(id: MemberId): Member | undefined {
    const member = this.byId.get(id);
    if (member?.aliasOf === undefined) return member;
    if (this.found.has(id)) return this.found.get(id);
    const way = new Set<MemberId>();
    let at: Member | undefined = member;
    while (at?.aliasOf !== undefined && !way.has(at.id) && !this.found.has(at.id)) {
      way.add(at.id);
      at = this.byId.get(at.aliasOf);
    }
    const target = at?.aliasOf === undefined ? at : this.found.get(at.id);
    for (const each of way) this.found.set(each, target);
    return target;
  }

  private namesByTarget(): ReadonlyMap<MemberId, readonly MemberId[]> {
    if (this.targets) return this.targets;
    const targets = new Map<MemberId, MemberId[]>();
    for (const { id } of this.aliases) {
      const target = this.behind(id)?.id;
      if (target === undefined) continue;
      const names = targets.get(target);
      if (names) names.push(id);
      else targets.set(target, [id]);
    }
    return (this.targets = targets);
  }
}

function firstOfEach(members: readonly Member[]): ReadonlyMap<MemberId, Member> {
  const byId = new Map<MemberId, Member>();
  for (const member of members) if (!byId.has(member.id)) byId.set(member.id, member);
  return byId;
}

const indexes = new WeakMap<readonly Member[], MemberIndex>();

export function indexMembers(members: readonly Member[]): MemberIndex {
  let index = indexes.get(members);
  if (!index) indexes.set(members, (index = afterEdit(members) ?? new MemberIndex(members)));
  return index;
}

function afterEdit(members: readonly Member[]): MemberIndex | undefined {
  for (const { record: before, touched } of pastOf(members)) {
    const known = indexes.get(before);
    if (!known) continue;
    const ids = new Set(touched);
    const replaced = members.filter(({ id }) => ids.has(id));
    // An id that several members have is one of damaged documents.
    return replaced.length === ids.size ? known.after(members, replaced) : undefined;
  }
  return undefined;
}
