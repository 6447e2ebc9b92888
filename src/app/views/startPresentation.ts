import { hopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';

/** Full screen first, so that the dialog opens above it; where the browser refuses, the window is the screen. */
export function startPresentation(): void {
  const state = hopline.getState();
  if (currentPath(state) === null) return;
  const present = (): void => state.present(true);
  document.documentElement.requestFullscreen().then(present, present);
}
