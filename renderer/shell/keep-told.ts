/** @file What is announced unasked: each step and its undoing, problems that come and go, runs that end, and the class that one comes to. */
import { calm } from '../panels/problems/calm.ts';
import { isBusy } from '../state/runs/store.ts';
import type { Services } from '../state/services.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { describeChange } from '../state/speech/describe-change.ts';
import { formatCount, formatNumber, formatPlural } from '../ui/format.ts';

/** So long problems must have stayed as they are: those in between are on their way. */
const SETTLED_MS = 400;

/** Starts the announcements; gives back what ends them. */
export function keepTold(services: Services): () => void {
  const stops = [tellSteps(services), tellProblems(services), tellRuns(services), tellPlaces(services)];
  return () => stops.forEach((stop) => stop());
}

function tellSteps({ document, announcer }: Services): () => void {
  return document.subscribe((now, before) => {
    if (now.history === before.history) return;
    if (now.loads !== before.loads) {
      announcer.say(`Opened ${now.document.name}.`);
      return;
    }
    const [done, doneBefore] = [now.history.past, before.history.past];
    const last = done.at(-1);
    if (done.length < doneBefore.length && now.history.future.length > 0) announcer.say(`Undone: ${now.history.future[0]!.label}.`);
    else if (now.history.future.length < before.history.future.length && last === before.history.future[0])
      announcer.say(`Done again: ${last!.label}.`);
    else if (last && last.id !== doneBefore.at(-1)?.id) {
      // Presses that are one step are told once.
      const isMore = last.merge !== undefined && last.merge === doneBefore.at(-1)?.merge && done.length === doneBefore.length;
      if (!isMore) announcer.say(describeChange(before.document, now.document) || `${last.label}.`);
    }
  });
}

function tellProblems({ check, announcer }: Services): () => void {
  // As the list counts them: what hangs together is one.
  const listed = () => calm(check.getState().check);
  let told = listed().length;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = check.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const problems = listed();
      if (problems.length === told) return;
      told = problems.length;
      announcer.say(
        problems.length === 0 ? 'No problems.' : `${formatPlural(problems.length, 'problem')}. ${problems[0]!.message} ${problems[0]!.fix}`,
      );
    }, SETTLED_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function tellRuns({ runs, announcer }: Services): () => void {
  return runs.subscribe((now, before) => {
    if (!isBusy(before) || isBusy(now)) return;
    const isTraining = before.status === 'training' || (before.status === 'stopping' && now.training !== null && now.training.step !== 0);
    if (now.status === 'failed') announcer.say(`The run failed. ${now.problem?.message ?? ''}`.trim());
    else if (now.training && isTraining) {
      const { step, goal, course, diverged } = now.training;
      const loss = course.points.at(-1)?.loss;
      const end = diverged ? 'Training ended: the loss was not finite' : step < goal ? 'Training stopped' : 'Training finished';
      announcer.say(`${end} at step ${formatCount(step)}${loss === undefined ? '' : `, loss ${formatNumber(loss)}`}.`);
    } else if (now.result && now.result !== before.result) announcer.say(`Run finished, loss ${formatNumber(now.result.result.loss)}.`);
    else if (now.result && before.status !== 'building') announcer.say('Run finished.');
  });
}

function tellPlaces({ document, session, announcer }: Services): () => void {
  return session.subscribe((now, before) => {
    if (now.open === before.open || now.open.length === before.open.length || now.lens !== 'flow') return;
    const here = findOpenClass(document.getState().document, now.open);
    if (here)
      announcer.say(
        `${now.open.length > before.open.length ? 'In' : 'Back in'} ${here.name}, ${formatPlural(Object.keys(here.nodes).length, 'node')}.`,
      );
  });
}
