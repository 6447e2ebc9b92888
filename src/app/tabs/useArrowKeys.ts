import { useCallback, useState, type KeyboardEvent } from 'react';

/**
 * One tab stop for the buttons of a table's rows, arrows from one to the next (roving tabindex).
 * The i-th button takes `stop(i)`, which stays the same function until another one is the stop.
 */
export function useArrowKeys(count: number) {
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));
  return useCallback(
    (index: number) => {
      const onKeyDown = (event: KeyboardEvent): void => {
        const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: count - 1 }[event.key];
        if (target === undefined || count === 0) return;
        event.preventDefault();
        const next = Math.max(0, Math.min(count - 1, target));
        setActive(next);
        const stop = event.currentTarget.closest('tbody')?.querySelectorAll('[data-stop]')[next];
        if (stop instanceof HTMLElement) stop.focus();
      };
      return { 'data-stop': true, tabIndex: index === current ? 0 : -1, onKeyDown };
    },
    [current, count],
  );
}
