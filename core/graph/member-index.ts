/** @file The members of a class by id, and what stands behind an alias. */
import type { Member, MemberId } from '../document/schema.ts';

export class MemberIndex {
  /** The first of each id counts, as in a search from the front. */
  readonly byId: ReadonlyMap<MemberId, Member>;

  constructor(members: readonly Member[]) {
    this.byId = new Map(members.toReversed().map((member) => [member.id, member]));
  }

  /** The member behind a chain of aliases; undefined if the chain leads nowhere or round in a circle. */
  behind(id: MemberId): Member | undefined {
    let member = this.byId.get(id);
    if (member?.aliasOf === undefined) return member;
    const seen = new Set<Member>();
    while (member?.aliasOf !== undefined && !seen.has(member)) {
      seen.add(member);
      member = this.byId.get(member.aliasOf);
    }
    return member?.aliasOf === undefined ? member : undefined;
  }
}

const indexes = new WeakMap<readonly Member[], MemberIndex>();

export function indexMembers(members: readonly Member[]): MemberIndex {
  let index = indexes.get(members);
  if (!index) indexes.set(members, (index = new MemberIndex(members)));
  return index;
}
