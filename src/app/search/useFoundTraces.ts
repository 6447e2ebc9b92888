import { useEffect, useState } from 'react';
import type { FoundTrace } from '../../protocol.ts';
import type { Opened } from '../state/opened.ts';

/** Fewer digits of an id are the beginning of many. */
const TRACE_ID = /^[0-9a-f]{4,32}$/i;
const NONE: readonly FoundTrace[] = [];

interface FoundTraces {
  readonly traces: readonly FoundTrace[];
  /** The worker has not answered yet. */
  readonly isLooking: boolean;
}

/** The traces whose id begins so; none until they are there. */
export function useFoundTraces(opened: Opened | null, text: string): FoundTraces {
  const [found, setFound] = useState({ id: '', traces: NONE });
  const id = text.trim();
  const worker = opened?.type === 'traces' && TRACE_ID.test(id) ? opened.worker : null;
  useEffect(() => {
    let isWanted = true;
    worker?.find(id).then(
      (traces) => {
        if (isWanted) setFound({ id, traces });
      },
      () => {
        // The worker was ended with its dataset.
        if (isWanted) setFound({ id, traces: NONE });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [worker, id]);
  const isThere = worker === null || found.id === id;
  return { traces: worker !== null && isThere ? found.traces : NONE, isLooking: !isThere };
}
