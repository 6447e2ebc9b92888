import { useEffect, useState } from 'react';
import type { RequestPath } from '../../analyse/model.ts';
import type { TraceOrder, TraceRow } from '../../protocol.ts';
import type { DatasetWorker } from '../worker/datasetWorker.ts';
import type { Opened } from '../state/opened.ts';

interface Loaded {
  readonly worker: DatasetWorker;
  readonly path: RequestPath;
  readonly rows: readonly TraceRow[];
}

/**
 * The traces of a path; null until they are there. An answer for a path or order that is no longer wanted is dropped. Where
 * the same traces are judged anew the rows stay until the others come, and the focus in them.
 */
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
    const { worker } = opened;
    worker.traces(opened.paths.indexOf(path), order, limit).then(
      (rows) => {
        if (isWanted) setLoaded({ worker, path, rows });
      },
      () => {
        // The worker was ended with its dataset, whose rows nobody waits for.
      },
    );
    return () => {
      isWanted = false;
    };
  }, [opened, path, order, limit]);
  if (loaded === null || path === null || opened?.type !== 'traces') return null;
  const isSame = loaded.worker === opened.worker && loaded.path.name === path.name && loaded.path.entry === path.entry;
  return isSame ? loaded.rows : null;
}
