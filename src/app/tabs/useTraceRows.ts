import { useEffect, useState } from 'react';
import type { RequestPath } from '../../analyse/model.ts';
import type { TraceOrder, TraceRow } from '../../protocol.ts';
import type { Opened } from '../state/opened.ts';

interface Loaded {
  readonly path: RequestPath;
  readonly rows: readonly TraceRow[];
}

/** The traces of a path; null until they are there. An answer for a path or order that is no longer wanted is dropped. */
export function useTraceRows(
  opened: Opened | null,
  path: RequestPath | null,
  order: TraceOrder,
  limit: number,
): readonly TraceRow[] | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    if (opened?.type !== 'traces' || path === null) return undefined;
    let isWanted = true;
    opened.worker.traces(opened.paths.indexOf(path), order, limit).then(
      (rows) => {
        if (isWanted) setLoaded({ path, rows });
      },
      () => {
        // The worker was ended with its dataset, whose rows nobody waits for.
      },
    );
    return () => {
      isWanted = false;
    };
  }, [opened, path, order, limit]);
  return loaded !== null && loaded.path === path ? loaded.rows : null;
}
