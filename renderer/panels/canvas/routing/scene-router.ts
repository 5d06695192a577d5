import type { Point } from '../../../../core/document/index.ts';
import type { Direction } from '../../../state/layout/graph.ts';
import type { Shown } from '../in-sight.ts';
import type { FlowWire } from '../wire-view.tsx';
import { Router } from './router.ts';

/** Wires pass around the nodes of their own graph: an expanded class is one node for those outside of it. */
export class SceneRouter {
  private readonly routers = new Map<string, Router>();

  route(shown: readonly Shown[], dragged: Readonly<Record<string, Point>>, direction: Direction): FlowWire[] {
    const keys = new Set(shown.map(({ scope }) => scope.site.key));
    for (const key of this.routers.keys()) if (!keys.has(key)) this.routers.delete(key);
    return shown.flatMap((each) => {
      const { key } = each.scope.site;
      let router = this.routers.get(key);
      if (!router) this.routers.set(key, (router = new Router()));
      return router.route(each, dragged, direction);
    });
  }
}
