/**
 * Where what has the focus goes away, with a dataset, a selection or a notice, the focus goes to the nearest that is
 * left of what it was in and can take it, else to what had it before. From the body Tab would begin anew, and a screen
 * reader with it. Returns how to stop.
 */
export function keepFocus(): () => void {
  /** What has or had the focus, each followed by what it is in; the last first. */
  let trail: readonly Element[] = [];

  const onFocusIn = (event: FocusEvent): void => {
    const path = event.composedPath().filter((each) => each instanceof Element);
    trail = [...new Set([...path, ...trail])].filter(({ isConnected }) => isConnected);
  };
  const onRemoval = (): void => {
    if (trail.length === 0 || trail[0].isConnected || document.activeElement !== document.body) return;
    for (const each of trail) {
      if (each instanceof HTMLElement || each instanceof SVGElement) each.focus({ preventScroll: true });
      if (document.activeElement !== document.body) return;
    }
  };

  const observer = new MutationObserver(onRemoval);
  observer.observe(document, { childList: true, subtree: true });
  addEventListener('focusin', onFocusIn);
  return () => {
    observer.disconnect();
    removeEventListener('focusin', onFocusIn);
  };
}
