import { createStore, useStore } from 'zustand';
import { createBudgetSlice } from './budgetSlice.ts';
import { createDatasetSlice } from './datasetSlice.ts';
import type { HoplineState } from './hoplineState.ts';
import { createViewSlice } from './viewSlice.ts';

export const hopline = createStore<HoplineState>()((...api) => ({
  ...createDatasetSlice(...api),
  ...createBudgetSlice(...api),
  ...createViewSlice(...api),
}));

export function useHopline<T>(selector: (state: HoplineState) => T): T {
  return useStore(hopline, selector);
}
