import type { HoplineState } from './hoplineState.ts';
import { parseHash, toHash } from './linkHash.ts';

interface Store {
  getState(): HoplineState;
  subscribe(listener: (state: HoplineState) => void): () => void;
}

/** Browsers refuse more than some hundred changes of the address in half a minute; a drag makes as many in two seconds. */
const SETTLE_MS = 250;

/** Keeps the address and the state the same, whichever changes. */
export function followHash(store: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (): void => {
    if (location.hash !== toHash(store.getState())) store.getState().follow(parseHash(location.hash));
  };
  const write = (): void => {
    const hash = toHash(store.getState());
    if (location.hash !== hash)
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
  };
  read();
  addEventListener('hashchange', read);
  const unsubscribe = store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    removeEventListener('hashchange', read);
    unsubscribe();
  };
}
