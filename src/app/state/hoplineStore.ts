import { create } from 'zustand';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice.ts';
import { createViewSlice, type ViewSlice } from './viewSlice.ts';

/** The facts of the page. Everything else is derived: selectors.ts. */
export interface HoplineState extends DatasetSlice, ViewSlice {}

export const useHopline = create<HoplineState>()((...api) => ({
  ...createDatasetSlice(...api),
  ...createViewSlice(...api),
}));
