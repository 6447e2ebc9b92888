import type { Layer } from './layers.ts';
import type { PercentileValues } from './percentiles.ts';
import type { ThemeName } from './theme.ts';

/** Upper bounds in milliseconds at some percentiles. */
export type Budget = Partial<PercentileValues>;

export interface HopConfig {
  /** A word behind the name: `POP`. */
  readonly role?: string;
  /** The line under the name, instead of the measured one. */
  readonly note?: string;
  readonly budget?: Budget;
}

export interface BoundaryConfig {
  readonly budget?: Budget;
}

export interface PathConfig {
  /** Bounds on the path's total. */
  readonly ceiling?: Budget;
  /** By hop id, or a pattern of ids. */
  readonly hops?: Readonly<Record<string, HopConfig>>;
  /** By `from → to`, where each side is a hop id or a pattern of ids. */
  readonly boundaries?: Readonly<Record<string, BoundaryConfig>>;
}

/** A rule that puts hops into a layer; any of its conditions is enough. */
export interface LayerRuleConfig {
  readonly layer: Layer;
  /** One sentence; the details panel shows it. */
  readonly why?: string;
  /** A pattern of hop ids. */
  readonly hop?: string;
  /** A pattern of instrumentation scopes. */
  readonly scope?: string;
  /** Attributes, and patterns of their values: of the hop's resource, its own spans, the calls to it. */
  readonly resource?: Readonly<Record<string, string>>;
  readonly span?: Readonly<Record<string, string>>;
  readonly call?: Readonly<Record<string, string>>;
}

/** Where a verdict changes, as parts of the budget. */
export interface Tolerances {
  readonly near: number;
  readonly over: number;
}

export const TOLERANCES: Tolerances = { near: 0.9, over: 1 };

/**
 * A checked `hopline.yaml`. configFile.ts reads it, configSchema.ts says what it looks like, settings.ts looks things
 * up in it. Wherever a name may be a pattern, `*` stands for any run of characters.
 */
export interface HoplineConfig {
  readonly theme?: ThemeName;
  /** Before the built-in ones; the first that matches wins. */
  readonly layers?: readonly LayerRuleConfig[];
  /** False: `layers` alone. */
  readonly builtInLayers?: boolean;
  /** A hop's name in the traces, or a pattern → its id. */
  readonly renames?: Readonly<Record<string, string>>;
  /** A path's name → the names in the traces that it stands for, or patterns. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** What holds of a hop on every path. */
  readonly hops?: Readonly<Record<string, HopConfig>>;
  readonly tolerances?: Partial<Tolerances>;
  /** By path name, `GET /catalog/:id`, or a pattern of names. */
  readonly paths: Readonly<Record<string, PathConfig>>;
}

export const NO_CONFIG: HoplineConfig = { paths: {} };
