import type { DatasetWorker } from '../worker/datasetWorker.ts';
import type { HoplineState } from './hoplineState.ts';
import { currentPath, viewAt } from './selectors.ts';

interface Store {
  getState(): HoplineState;
  subscribe(listener: () => void): () => void;
}

/**
 * Asks the worker for the view at the wanted percentile, where the page does not hold it: one question at a time, and
 * after each answer the newest wish, so a drag never queues up. Another dataset's worker is asked at once: that of the
 * one before may not answer any more.
 *
 *     wish    p61 p62 p63 p64 p65        the pointer
 *     asked   p61         p64     p65    the worker, 1 in flight
 */
export function followPercentile(store: Store): () => void {
  let asked: DatasetWorker | null = null;

  const ask = async (): Promise<void> => {
    const wish = missing(store.getState());
    if (wish === null || wish.worker === asked) return;
    const { worker, path, index, percentile } = wish;
    asked = worker;
    try {
      const view = await worker.view(index, percentile);
      // The dataset may have changed meanwhile: an answer about a path that is gone is dropped.
      if (currentPath(store.getState()) === path) store.getState().setAnswer({ path, percentile, view });
    } catch {
      // The worker was ended with its dataset, or failed: the next change of state asks again.
      return;
    } finally {
      if (asked === worker) asked = null;
    }
    void ask();
  };

  return store.subscribe(() => void ask());
}

function missing(state: HoplineState) {
  const { opened, percentile } = state;
  const path = currentPath(state);
  if (opened?.type !== 'traces' || path === null || viewAt(state, path, percentile) !== null) return null;
  return { worker: opened.worker, path, index: opened.paths.indexOf(path), percentile };
}
