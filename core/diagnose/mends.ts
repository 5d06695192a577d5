/** @file What diagnoses know of mending, as edits of the document that was run, or of a later one. */
import { checkDocument } from '../check/check-document.ts';
import { removeProbe } from '../document/edits/probes.ts';
import { setParams } from '../document/edits/params.ts';
import { setRun } from '../document/edits/run.ts';
import { removeSetting } from '../document/edits/settings.ts';
import type { Fix } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import type { Diagnosed, Mend } from './report.ts';
import { Places } from './shared/places.ts';

type At = Pick<Diagnosed, 'path' | 'node'>;

/**
 * The fixes of a diagnosis of a run of this document, each one undoable step. A fix of a class that is used in several places mends it in all of
 * them. An edit of a document in which the place is no more changes nothing.
 */
export function fixesOfDiagnosis({ mends, ...at }: Diagnosed): readonly Fix[] {
  return mends.map((mend) => ({ label: mend.label, edit: (document) => mended(document, at, mend) }));
}

function mended(document: ModelDocument, at: At, mend: Mend): ModelDocument {
  switch (mend.kind) {
    case 'run':
      return setRun(document, mend.run);
    case 'typed': {
      const typed = document.run[mend.of];
      return setRun(document, { [mend.of]: { ...typed, args: { ...typed.args, ...mend.args } } });
    }
    case 'removeSetting':
      return document.settings.some(({ id }) => id === mend.setting) ? removeSetting(document, mend.setting) : document;
    case 'removeProbe': {
      const holder = Object.values(document.classes).find(({ probes }) => probes.some(({ id }) => id === mend.probe));
      return holder ? removeProbe(document, holder.id, mend.probe) : document;
    }
    case 'arguments': {
      const places = new Places(document, checkDocument(document));
      const place = at.node === null ? places.callOf(at.path) : { instance: at.path, node: at.node };
      const used = place && places.instance(place.instance);
      if (!place || !used || !places.node(place)) return document;
      return setParams(document, used.class.id, { node: place.node }, mend.args);
    }
  }
}
