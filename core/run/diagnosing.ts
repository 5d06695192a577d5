/** @file Hands what a run or a training gave to the diagnoses, and says what they found. */
import { toModuleFilter } from '../build/to-filter.ts';
import { checkDocument } from '../check/check-document.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import type { Seen, SeenPass, SeenView } from '../diagnose/seen.ts';
import type { Source } from '../spec/source.ts';
import { countLabels } from '../diagnose/shared/label-counts.ts';
import { Places } from '../diagnose/shared/places.ts';
import { filterByPath } from '../document/references.ts';
import { dispose } from '../nnx/dispose.ts';
import { withAttributes } from '../nnx/view.ts';
import { copyVariables, type Built } from './architecture.ts';
import type { CourseRecorder } from './course-recorder.ts';
import { describeModules } from './describe.ts';
import type { JobContext, RequestOf } from './jobs.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import { problemOf } from './problem.ts';
import type { RunProblem, WeightsOrigin } from './protocol.ts';
import { seePass, type PassGiven } from './see-pass.ts';
import { seeBatch } from './see-batch.ts';

type Request = RequestOf<'run' | 'train'>;

export interface RunGiven extends Omit<PassGiven, 'document' | 'step' | 'isFresh' | 'view' | 'places'> {
  readonly weights: WeightsOrigin;
  readonly source: Source;
}

/** Of a pass whose tensors live. */
export async function diagnoseRun(request: RequestOf<'run'>, job: JobContext, given: RunGiven): Promise<void> {
  const base = await openSeen(request, null, given.source);
  const pass = seePass({
    ...given,
    document: request.document,
    places: base.places,
    step: null,
    isFresh: given.weights.from === 'seed',
    view: request.view ?? null,
  });
  await tell(job, { ...base, pass });
}

/** Of what ended before its time: data that do not fit, labels without a score. */
export async function diagnoseFault(request: Request, job: JobContext, error: unknown): Promise<void> {
  const base = await openSeen(request, problemOf(error));
  await tell(job, base);
}

/** Looks at the course, and at one more pass of a copy of the model: that which was trained goes on as if nobody had looked. */
export async function diagnoseTraining(
  request: RequestOf<'train'>,
  job: JobContext,
  recorder: CourseRecorder,
  trained: Built & { readonly step: number },
): Promise<void> {
  const base = await openSeen(request, null);
  const course = await recorder.course();
  try {
    if (recorder.broken) {
      await tell(job, { ...base, course, pass: recorder.broken.pass });
      return;
    }
    const built = openModel(request.document);
    try {
      copyVariables(trained, { document: request.document, model: built.model }, 'all');
      const at = { step: trained.step, isFresh: false };
      const see = (pass: SeenPass): Promise<void> => tell(job, { ...base, course, pass });
      if (base.source) await seeBatch(built, base.source.trainBatch(trained.step), { ...base, source: base.source }, at, see);
    } finally {
      dispose(built.model);
    }
  } finally {
    recorder.dispose();
  }
}

/** `opened`: the data of the run, where it came so far; they are not read twice. */
async function openSeen({ kind, document, assets }: Request, fault: RunProblem | null, opened?: Source): Promise<Seen> {
  const check = checkDocument(document);
  const { source, views } = openParts(document, assets, opened);
  return {
    task: kind,
    document,
    check,
    places: new Places(document, check),
    source,
    labels: source && (await countLabels(source)),
    views,
    fault,
    pass: null,
    course: null,
  };
}

/** No source where it cannot be opened: why is the fault of the run. */
function openParts(document: Request['document'], assets: Request['assets'], source?: Source): Pick<Seen, 'source' | 'views'> {
  if (source && document.views.length === 0) return { source, views: [] };
  const none = { source: source ?? null, views: [] };
  const opened = attempt(() => openModel(document));
  if (!opened) return none;
  const { model, inputs } = opened;
  try {
    const views = document.views.flatMap(({ id, name, only, attributes }): SeenView[] => {
      const viewed = attempt(() => withAttributes(model, attributes, { only: toModuleFilter(filterByPath(document, only)) }));
      return viewed ? [{ id, name, attributes, modules: describeModules(viewed) }] : [];
    });
    return { source: source ?? attempt(() => openData(document, inputs, assets)), views };
  } finally {
    dispose(model);
  }
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

async function tell(job: JobContext, seen: Seen): Promise<void> {
  job.say({ kind: 'diagnosed', report: await diagnose(seen) });
}
