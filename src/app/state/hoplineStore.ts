import { createStore, useStore } from 'zustand';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice.ts';
import { createViewSlice, type ViewSlice } from './viewSlice.ts';

/** The facts of the page. Everything else is derived: selectors.ts. */
export interface HoplineState extends DatasetSlice, ViewSlice {}

export const hopline = createStore<HoplineState>()((...api) => ({
  ...createDatasetSlice(...api),
  ...createViewSlice(...api),
}));

export function useHopline<T>(selector: (state: HoplineState) => T): T {
  return useStore(hopline, selector);
}
