/** @file The members of a class by id, and what stands behind an alias. */
import type { Member, MemberId } from '../document/schema.ts';

const NONE: readonly never[] = [];

export class MemberIndex {
  /** The first of each id counts, as in a search from the front. */
  readonly byId: ReadonlyMap<MemberId, Member>;
  private readonly aliases: readonly Member[];
  /** What was found behind aliases so far. */
  private readonly found = new Map<MemberId, Member | undefined>();
  private targets: ReadonlyMap<MemberId, readonly MemberId[]> | undefined;

  constructor(members: readonly Member[]) {
    const byId = new Map<MemberId, Member>();
    for (const member of members) if (!byId.has(member.id)) byId.set(member.id, member);
    this.byId = byId;
    this.aliases = members.filter((member) => member.aliasOf !== undefined);
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

const indexes = new WeakMap<readonly Member[], MemberIndex>();

export function indexMembers(members: readonly Member[]): MemberIndex {
  let index = indexes.get(members);
  if (!index) indexes.set(members, (index = new MemberIndex(members)));
  return index;
}
