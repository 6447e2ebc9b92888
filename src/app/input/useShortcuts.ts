import { useEffect } from 'react';
import { PERCENTILES } from '../../config/percentiles.ts';
import { compare } from '../compare/compareStore.ts';
import { editShown } from '../state/editShown.ts';
import { hopline } from '../state/hoplineStore.ts';
import { startPresentation } from '../views/startPresentation.ts';
import { chooseFiles } from './chooseFiles.ts';

/** For the help dialog: what `useShortcuts` and the lists do. */
export const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ['o', 'open files'],
  ['1  2  3', 'p50, p95, p99'],
  ['← →', 'move the percentile, when its handle has the focus'],
  ['↑ ↓', 'move through a list'],
  ['Tab', 'from part to part; hops and boundaries of the picture too'],
  ['Enter', 'choose a hop or a boundary, open a trace'],
  ['b', 'set the budget of what is chosen, at the shown percentile'],
  ['Esc', 'cancel reading, clear the selection, close a dialog'],
  ['/', 'search for a path, a hop, a boundary, or a trace by its id; also Ctrl K or ⌘ K'],
  ['c', 'compare with what came after'],
  ['p', 'present: the picture alone, ← and → from hop to hop'],
  ['?', 'this list'],
];

/** Keys that work anywhere on the page but in a text field, a menu or a dialog; the percentile's handle is no text field. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isSearch = (event.ctrlKey || event.metaKey) && event.key === 'k';
      const isModified = (event.ctrlKey || event.metaKey || event.altKey) && !isSearch;
      if (isModified || event.defaultPrevented || isTaken(event.target)) return;
      const state = hopline.getState();
      const search = (): void => state.search(state.opened !== null);
      const action = {
        '1': () => state.setPercentile(PERCENTILES.p50),
        '2': () => state.setPercentile(PERCENTILES.p95),
        '3': () => state.setPercentile(PERCENTILES.p99),
        b: () => editShown(state),
        o: () => chooseFiles(),
        '/': search,
        c: () => compare.getState().start(),
        p: () => startPresentation(),
        '?': () => state.showHelp(true),
        // What is being read first: the selection is there afterwards too.
        Escape: () => (state.opening === null ? state.select(null) : state.cancel()),
      }[isSearch ? '/' : event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  // Behind a dialog nothing may happen, wherever the focus is.
  if (document.querySelector('dialog[open]') !== null) return true;
  return target instanceof Element && target.closest('input:not([type=range]), select, textarea, [role=menu]') !== null;
}
