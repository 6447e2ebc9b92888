import type { StateCreator } from 'zustand';
import type { RequestPath } from '../../analyse/model.ts';
import type { Fraction } from '../../base/units.ts';
import type { Layer } from '../../config/layers.ts';
import { PERCENTILES } from '../../config/percentiles.ts';
import type { ThemeName } from '../../config/theme.ts';
import type { HoplineState } from './hoplineStore.ts';

/** A hop or a boundary, as an address that outlives the picture. */
export type Selection =
  | { readonly type: 'hop'; readonly id: string }
  | { readonly type: 'boundary'; readonly from: string; readonly to: string };

/** A path by name; the entry tells two paths of one name apart, null takes the first. */
export interface PathKey {
  readonly name: string;
  readonly entry: string | null;
}

/** What a link carries. */
export interface Link {
  /** Null: the first of the list. */
  readonly path: PathKey | null;
  readonly percentile: Fraction;
  /** `auto` is the hop that the finding names; null is nothing, after Esc. */
  readonly selection: Selection | 'auto' | null;
  readonly openLayers: readonly Layer[];
  readonly theme: ThemeName;
}

export const TABS = ['traces', 'hops', 'boundaries', 'runtimes', 'budgets', 'quality'] as const;
export type Tab = (typeof TABS)[number];

export interface ViewSlice extends Link {
  readonly tab: Tab;
  readonly isBottomOpen: boolean;
  /** Index of the trace in the dialog; null where it is closed. */
  readonly trace: number | null;
  readonly isHelpOpen: boolean;

  readonly follow: (link: Link) => void;
  readonly choosePath: (path: RequestPath) => void;
  readonly setPercentile: (percentile: Fraction) => void;
  readonly select: (selection: Selection | null) => void;
  readonly toggleLayer: (layer: Layer) => void;
  readonly setTheme: (theme: ThemeName) => void;
  readonly showTab: (tab: Tab) => void;
  readonly toggleBottom: () => void;
  readonly showTrace: (trace: number | null) => void;
  readonly showHelp: (isHelpOpen: boolean) => void;
}

export const DEFAULT_LINK: Link = {
  path: null,
  percentile: PERCENTILES.p50,
  selection: 'auto',
  openLayers: [],
  theme: 'auto',
};

/** On a lower window the picture gets all the room at first; the tables open on a click. */
const ROOMY_PX = 800;

export const createViewSlice: StateCreator<HoplineState, [], [], ViewSlice> = (set) => ({
  ...DEFAULT_LINK,
  tab: 'traces',
  isBottomOpen: globalThis.innerHeight >= ROOMY_PX,
  trace: null,
  isHelpOpen: false,

  follow: (link) => set(link),
  choosePath: ({ name, entry }) => set({ path: { name, entry }, selection: 'auto', openLayers: [] }),
  setPercentile: (percentile) => set({ percentile }),
  select: (selection) => set({ selection }),
  toggleLayer: (layer) =>
    set(({ openLayers }) => ({
      openLayers: openLayers.includes(layer) ? openLayers.filter((open) => open !== layer) : [...openLayers, layer],
    })),
  setTheme: (theme) => set({ theme }),
  showTab: (tab) => set({ tab, isBottomOpen: true }),
  toggleBottom: () => set(({ isBottomOpen }) => ({ isBottomOpen: !isBottomOpen })),
  showTrace: (trace) => set({ trace }),
  showHelp: (isHelpOpen) => set({ isHelpOpen }),
});
