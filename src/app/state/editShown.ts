import type { HoplineState, Selection } from './hoplineState.ts';
import { currentPath, currentView, keyOf, selectedPart, type SelectedPart } from './selectors.ts';

/** Opens the field of the budget that the details show, at the shown percentile; at p50 for one in between. */
export function editShown(state: HoplineState): void {
  const path = currentPath(state);
  const view = currentView(state);
  if (state.opened?.type !== 'traces' || path === null || view === null) return;
  const part = selectedPart(path, view, state.peek ?? state.selection);
  if (part === null || isBoundable(part)) state.startEditing(toSelection(part), keyOf(view.percentile) ?? 'p50');
}

/** Only what is measured can be held against a bound. */
function isBoundable(part: SelectedPart): boolean {
  return part.type === 'hop' ? !part.hop.isAsync : part.boundary.isMeasured && !part.boundary.isAsync;
}

function toSelection(part: SelectedPart | null): Selection | null {
  if (part === null) return null;
  if (part.type === 'hop') return { type: 'hop', id: part.hop.id };
  return { type: 'boundary', from: part.boundary.from, to: part.boundary.to };
}
