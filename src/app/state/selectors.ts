import type { Boundary, Hop, PathView, RequestPath } from '../../analyse/model.ts';
import type { Fraction } from '../../base/units.ts';
import { PERCENTILE_KEYS, PERCENTILES, type PercentileKey } from '../../config/percentiles.ts';
import type { ThemeName } from '../../config/theme.ts';
import type { HoplineState } from './hoplineState.ts';
import type { Selection } from './hoplineState.ts';

/** Each gives back the same object for the same facts, so a component renders only when what it shows has changed. */

export function currentPath({ opened, path }: Pick<HoplineState, 'opened' | 'path'>): RequestPath | null {
  const paths = opened?.paths ?? [];
  if (path === null) return paths[0] ?? null;
  const named = paths.filter(({ name }) => name === path.name);
  return named.find(({ entry }) => entry === path.entry) ?? named[0] ?? paths[0] ?? null;
}

/** The reader's choice, else the config's, else the system's. */
export function themeOf({ opened, theme }: Pick<HoplineState, 'opened' | 'theme'>): ThemeName {
  return theme ?? (opened?.type === 'traces' ? opened.dataset.theme : 'auto');
}

/** The key of a percentile that every path carries; null for one in between. */
export function keyOf(percentile: Fraction): PercentileKey | null {
  return PERCENTILE_KEYS.find((key) => PERCENTILES[key] === percentile) ?? null;
}

/** The view at exactly this percentile, where the page holds it already. */
export function viewAt(
  { opened, answer }: Pick<HoplineState, 'opened' | 'answer'>,
  path: RequestPath,
  percentile: Fraction,
): PathView | null {
  const key = keyOf(percentile);
  if (key !== null) return path.at[key];
  if (answer?.path === path && answer.percentile === percentile) return answer.view;
  if (opened?.type === 'diagram' && opened.paths.includes(path) && opened.view.percentile === percentile)
    return opened.view;
  return null;
}

/**
 * What the diagram shows: the wanted percentile, or, until the worker has it, the last one that it gave.
 * All on screen comes from one view, so its numbers add up at every moment of a drag.
 */
export function currentView(state: Pick<HoplineState, 'opened' | 'path' | 'percentile' | 'answer'>): PathView | null {
  const path = currentPath(state);
  return path === null ? null : viewOf(state, path);
}

/** The same of any path, though it be of the dataset before. */
export function viewOf(state: Pick<HoplineState, 'opened' | 'percentile' | 'answer'>, path: RequestPath): PathView {
  const exact = viewAt(state, path, state.percentile);
  if (exact !== null) return exact;
  if (state.answer?.path === path) return state.answer.view;
  return state.opened?.type === 'diagram' && state.opened.paths.includes(path) ? state.opened.view : path.at.p50;
}

/** A chosen hop or boundary with what it shows; indexes into the path's lists and the view's alike. */
export type SelectedPart =
  | { readonly type: 'hop'; readonly index: number; readonly hop: Hop }
  | { readonly type: 'boundary'; readonly index: number; readonly boundary: Boundary };

/** The finding's hop where nothing was chosen yet, or where this path lacks what was; null after Esc, and where the finding names none. */
export function selectedPart(
  path: RequestPath,
  view: PathView,
  selection: Selection | 'auto' | null,
): SelectedPart | null {
  if (selection === null) return null;
  return (selection === 'auto' ? null : chosenPart(path, selection)) ?? hopAt(path, view.finding.hop ?? -1);
}

function chosenPart(path: RequestPath, selection: Selection): SelectedPart | null {
  if (selection.type === 'hop')
    return hopAt(
      path,
      path.hops.findIndex(({ id }) => id === selection.id),
    );
  const index = path.boundaries.findIndex(({ from, to }) => from === selection.from && to === selection.to);
  const boundary = path.boundaries[index];
  return boundary === undefined ? null : { type: 'boundary', index, boundary };
}

function hopAt(path: RequestPath, index: number): SelectedPart | null {
  const hop = path.hops[index];
  return hop === undefined ? null : { type: 'hop', index, hop };
}
