import { createStore, useStore } from 'zustand';
import { createDatasetSlice } from './datasetSlice.ts';
import type { HoplineState } from './hoplineState.ts';
import { createViewSlice } from './viewSlice.ts';

export const hopline = createStore<HoplineState>()((...api) => ({
  ...createDatasetSlice(...api),
  ...createViewSlice(...api),
}));

export function useHopline<T>(selector: (state: HoplineState) => T): T {
  return useStore(hopline, selector);
}
