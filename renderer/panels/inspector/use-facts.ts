/** @file What the check knows about the selected thing, in the words of the form. */
import { useMemo } from 'react';
import { problemText, type Member, type ModelClass, type NodeId, type Problem } from '../../../core/document/index.ts';
import type { Args } from '../../../core/spec/index.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useSession } from '../../hooks/session.ts';

export interface MemberFacts {
  /** Values of parameters that follow from the inputs. */
  readonly inferred: Args;
  /** By parameter. */
  readonly problems: Readonly<Record<string, string>>;
  /** The number of repeats; null for a single Module. */
  readonly repeat: number | null;
}

export function useMemberFacts(modelClass: ModelClass, member: Member, node: NodeId): MemberFacts {
  const check = useCheck();
  const path = useSession((state) => state.open.at(-1)?.instance);
  return useMemo(() => {
    const known = check.memberOf(modelClass.id, member.id, path);
    const inferred = Object.fromEntries(
      (known?.inferred ?? []).flatMap((name) => (known && name in known.args ? [[name, known.args[name]!]] : [])),
    );
    const own = check.problems.filter(({ place }) => place.class === modelClass.id && (place.member === member.id || place.node === node));
    return { inferred, problems: byParam(own), repeat: known?.repeat ?? null };
  }, [check, modelClass.id, member.id, node, path]);
}

/** Problems of an op node by parameter. */
export function useNodeProblems(modelClass: ModelClass, node: NodeId): Readonly<Record<string, string>> {
  const check = useCheck();
  return useMemo(
    () => byParam(check.problems.filter(({ place }) => place.class === modelClass.id && place.node === node)),
    [check, modelClass.id, node],
  );
}

function byParam(problems: readonly Problem[]): Readonly<Record<string, string>> {
  return Object.fromEntries(problems.flatMap((each) => (each.place.param === undefined ? [] : [[each.place.param, problemText(each)]])));
}
