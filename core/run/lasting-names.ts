/**
 * @file What a Variable is called as long as its member lives: by the ids of members, which neither a new name nor a new class around them
 * changes, where paths change with both.
 */
import { classIdOf, findClass } from '../document/find.ts';
import type { Member, ModelClass, ModelDocument, Path } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import type { Variable } from '../nnx/variable.ts';

export interface NamedVariable {
  /** Alone in its model. */
  readonly name: string;
  readonly variable: Variable<unknown>;
  /** The layer that it belongs to; undefined for what the document does not describe. */
  readonly member: Member | undefined;
}

interface Place {
  /** The ids of the members from the root, that of the layer last. */
  readonly ids: readonly string[];
  /** Places in lists on the way, and the path inside of the layer. */
  readonly rest: Path;
  readonly member: Member | undefined;
}

/** The Variables of a model that was built from a document, by names that last. */
export function nameVariables(document: ModelDocument, model: Module): readonly NamedVariable[] {
  const membersOf = new Map<ModelClass, ReadonlyMap<string, Member>>();
  const memberAt = (modelClass: ModelClass, name: string): Member | undefined => {
    let members = membersOf.get(modelClass);
    if (!members) membersOf.set(modelClass, (members = new Map(modelClass.members.map((member) => [member.name, member]))));
    const member = members.get(name);
    return member && graphOf(modelClass).behind(member.id);
  };
  const placed = variablesBelow(model).map(({ path, variable }) => ({ variable, ...placeOf(document, path, memberAt) }));
  const short = ({ ids, rest }: Place): string => JSON.stringify([ids.at(-1), rest]);
  const uses = new Map<string, number>();
  for (const place of placed) uses.set(short(place), (uses.get(short(place)) ?? 0) + 1);
  // The id of the layer is enough where it is the only one of that id: then a class around it changes nothing.
  return placed.map(({ variable, ...place }) => ({
    name: uses.get(short(place)) === 1 ? short(place) : JSON.stringify([place.ids, place.rest]),
    variable,
    member: place.member,
  }));
}

function placeOf(document: ModelDocument, path: Path, memberAt: (modelClass: ModelClass, name: string) => Member | undefined): Place {
  const ids: string[] = [];
  const lists: number[] = [];
  let modelClass = findClass(document, document.root.class);
  for (const [i, key] of path.entries()) {
    if (typeof key === 'number' && modelClass && ids.length > 0) {
      lists.push(key);
      continue;
    }
    const member = modelClass && memberAt(modelClass, String(key));
    if (!member) return { ids, rest: [...lists, ...path.slice(i)], member: undefined };
    ids.push(member.id);
    const inner = classIdOf(member.type);
    modelClass = inner === undefined ? undefined : findClass(document, inner);
    if (!modelClass) return { ids, rest: [...lists, ...path.slice(i + 1)], member };
  }
  return { ids, rest: lists, member: undefined };
}
