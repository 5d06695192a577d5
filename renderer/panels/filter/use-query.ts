/** @file The query of the filter bar: read, asked of the live model, and what it matches. */
import { useEffect, useMemo } from 'react';
import {
  asFilter,
  parseQuery,
  resolvePath,
  resolveQuery,
  type FilterSpec,
  type ModelDocument,
  type Path,
  type QueryResult,
} from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import { callShapes } from '../../state/derived/call-shapes.ts';
import { pathKey } from '../../state/paths.ts';

export interface AskedQuery {
  readonly parsed: QueryResult;
  readonly isEmpty: boolean;
  /** Undefined while the answer is not there. */
  readonly paths: readonly Path[] | undefined;
  readonly matched: readonly ModuleInfo[];
}

const NO_MODULES: readonly ModuleInfo[] = [];

/** Keeps the matches of the text up to date while it is drawn. */
export function useQuery(): AskedQuery {
  const client = useRunClient();
  const text = useSession((state) => state.filterText);
  const document = useDocument((doc) => doc);
  const check = useCheck();
  const modules = useRuns((state) => state.modules);
  const match = useRuns((state) => state.match);
  const parsed = useMemo(() => parseQuery(text), [text]);
  const isEmpty = text.trim() === '';

  // What is no filter of NNX is asked of the Modules as they are described; a filter needs neither them nor the shapes.
  const isPlain = parsed.ok && asFilter(parsed.query) !== undefined;
  const described = isPlain ? undefined : modules;
  const shapes = useMemo(() => (isPlain || isEmpty ? undefined : callShapes(document, check)), [isPlain, isEmpty, document, check]);
  const only = useMemo(
    () => (parsed.ok && !isEmpty ? resolveQuery(parsed.query, described ?? [], shapes) : undefined),
    [parsed, isEmpty, described, shapes],
  );
  useEffect(() => {
    client.match(document, only ? { only, text } : null);
  }, [client, document, only, text]);

  const paths = !isEmpty && parsed.ok && match?.text === text ? match.paths : undefined;
  const matched = useMemo(() => {
    if (!paths) return NO_MODULES;
    const keys = new Set(paths.map(pathKey));
    return modules.filter((module) => keys.has(pathKey(module.path)));
  }, [modules, paths]);
  return { parsed, isEmpty, paths, matched };
}

/** The filter that a document keeps: the query itself where it is one, else the Modules that it matched, by reference. */
export function keptFilter(document: ModelDocument, parsed: QueryResult, paths: readonly Path[]): FilterSpec {
  const filter = parsed.ok ? asFilter(parsed.query) : undefined;
  if (filter) return filter;
  return { kind: 'modules', at: paths.flatMap((path) => [resolvePath(document, path)].filter((ref) => ref !== undefined)) };
}
