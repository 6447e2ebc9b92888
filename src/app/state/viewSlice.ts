import type { StateCreator } from 'zustand';
import { PERCENTILES } from '../../config/percentiles.ts';
import type { HoplineState, Link, ViewSlice } from './hoplineState.ts';

export const DEFAULT_LINK: Link = {
  path: null,
  percentile: PERCENTILES.p50,
  selection: 'auto',
  openLayers: [],
  theme: null,
};

/** On a lower window the picture gets all the room at first; the tables open on a click. */
const ROOMY_PX = 800;

export const createViewSlice: StateCreator<HoplineState, [], [], ViewSlice> = (set) => ({
  ...DEFAULT_LINK,
  tab: 'traces',
  isBottomOpen: globalThis.innerHeight >= ROOMY_PX,
  trace: null,
  isHelpOpen: false,
  isSearching: false,
  isPresenting: false,
  peek: null,

  follow: (link) => set({ ...link, editing: null }),
  choosePath: ({ name, entry }) =>
    set({ path: { name, entry }, selection: 'auto', openLayers: [], peek: null, editing: null }),
  setPercentile: (percentile) => set({ percentile }),
  peekAt: (peek) => set({ peek }),
  select: (selection) => set({ selection, peek: null, editing: null }),
  toggleLayer: (layer) =>
    set(({ openLayers }) => ({
      openLayers: openLayers.includes(layer) ? openLayers.filter((open) => open !== layer) : [...openLayers, layer],
    })),
  setTheme: (theme) => set({ theme }),
  showTab: (tab) => set({ tab, isBottomOpen: true }),
  toggleBottom: () => set(({ isBottomOpen }) => ({ isBottomOpen: !isBottomOpen })),
  showTrace: (trace) => set({ trace }),
  present: (isPresenting) => set({ isPresenting }),
  showHelp: (isHelpOpen) => set({ isHelpOpen }),
  search: (isSearching) => set({ isSearching }),
});
