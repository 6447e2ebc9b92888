import { useDeferredValue, useMemo } from 'react';
import type { PathView, RequestPath } from '../../analyse/model.ts';
import { useHopline } from './hoplineStore.ts';
import { currentPath, viewOf } from './selectors.ts';

export interface Shown {
  readonly path: RequestPath;
  readonly view: PathView;
}

/**
 * What the diagram and the panes about it show; null where nothing is open. Another percentile is shown at once, another
 * path when what names it is there, in a task of its own: so that neither keeps the page waiting.
 */
export function useShown(): Shown | null {
  const path = useDeferredValue(useHopline(currentPath));
  const view = useHopline((state) => (path === null ? null : viewOf(state, path)));
  return useMemo(() => (path === null || view === null ? null : { path, view }), [path, view]);
}
