/** @file Arranging as a service of the window: one layout at a time, with its progress, given up at will. It changes nothing itself. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Check } from '../../../core/check/index.ts';
import type { ModelClass, ModelDocument, NodeId, Path, Point } from '../../../core/document/index.ts';
import type { SessionStore } from '../session/store.ts';
import { arrange } from './arrange.ts';
import { createElkEngine, type StartElk } from './elk.ts';
import { LANE } from './graph.ts';
import { laidGraph, pointsOf } from './laid-graph.ts';

export type Points = Readonly<Record<NodeId, Point>>;

export interface Arranging {
  readonly done: number;
  readonly of: number;
}

export interface ToArrange {
  readonly document: ModelDocument;
  readonly modelClass: ModelClass;
  /** The use of the class that gives the shapes; the first without it. */
  readonly instance?: Path | undefined;
  readonly check: Check;
  /** The nodes that move. */
  readonly nodes: readonly NodeId[];
  /** Where the top left corner of what is arranged comes to lie. */
  readonly corner: Point;
}

export interface Arranger extends Pick<StoreApi<{ readonly work: Arranging | null }>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** A place for each of the nodes; undefined where that was given up, or another layout was asked for meanwhile. */
  arrange(what: ToArrange): Promise<Points | undefined>;
  /** The document with a place for every node that lacks one: below those that have one. The same document if none does. */
  placeAll(document: ModelDocument, check: () => Check): Promise<ModelDocument>;
  cancel(): void;
}

export function createArranger(session: Pick<SessionStore, 'getState'>, startElk: StartElk): Arranger {
  const engine = createElkEngine(startElk);
  const store = createStore<{ readonly work: Arranging | null }>(() => ({ work: null }));
  let current: AbortController | undefined;
  const cancel = (): void => {
    if (!current) return;
    current.abort();
    current = undefined;
    engine.stop();
    store.setState({ work: null });
  };

  const run = async ({ nodes, corner, ...from }: ToArrange): Promise<Points | undefined> => {
    const work = new AbortController();
    cancel();
    current = work;
    const { direction } = session.getState();
    const onProgress = (done: number, of: number): void => {
      if (current === work) store.setState({ work: { done, of } });
    };
    onProgress(0, nodes.length);
    // What is asked of a worker that was ended is never answered.
    const givenUp = new Promise<undefined>((resolve) => work.signal.addEventListener('abort', () => resolve(undefined)));
    const laid = arrange(laidGraph({ ...from, direction }, nodes), { layOut: engine.layOut, onProgress, signal: work.signal });
    try {
      const spots = await Promise.race([laid, givenUp]);
      return spots && pointsOf(spots, direction, corner);
    } catch (error) {
      if (work.signal.aborted) return undefined;
      throw error;
    } finally {
      if (current === work) {
        current = undefined;
        store.setState({ work: null });
      }
    }
  };

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    arrange: run,
    async placeAll(document, check) {
      let placed = document;
      for (const modelClass of Object.values(document.classes)) {
        const nodes = Object.keys(modelClass.nodes).filter((id) => !Object.hasOwn(modelClass.layout, id));
        if (nodes.length === 0) continue;
        const points = await run({ document, modelClass, check: check(), nodes, corner: cornerBelow(modelClass) });
        if (!points) return document;
        placed = {
          ...placed,
          classes: { ...placed.classes, [modelClass.id]: { ...modelClass, layout: { ...modelClass.layout, ...points } } },
        };
      }
      return placed;
    },
    cancel,
  };
}

/** Free of what is placed already. */
function cornerBelow({ layout }: ModelClass): Point {
  const placed = Object.values(layout);
  if (placed.length === 0) return { x: 0, y: 0 };
  const least = placed.reduce((left, { x }) => Math.min(left, x), Infinity);
  const lowest = placed.reduce((low, { y }) => Math.max(low, y), -Infinity);
  return { x: least, y: lowest + 3 * LANE };
}
