import { findClass } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { formatPath } from '../../state/paths.ts';
import type { ListedProblem } from './problem-list.ts';

/** Where it arises, in a word or two: the instance, `blocks[2]`; a class that is not the root; else where it was found. */
export function useWhere({ place, source }: ListedProblem): string {
  return useDocument((document) => {
    if (place?.instance && place.instance.length > 0) return formatPath(place.instance);
    const modelClass = place?.class === undefined ? undefined : findClass(document, place.class);
    return modelClass && document.root.class !== modelClass.id ? modelClass.name : source;
  });
}
