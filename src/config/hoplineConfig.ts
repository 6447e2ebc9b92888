import type { PercentileValues } from './percentiles.ts';

/** Upper bounds in milliseconds at some percentiles. */
export type Budget = Partial<PercentileValues>;

export interface HopConfig {
  /** A word behind the name: `POP`. */
  readonly role?: string;
  /** The line under the name, instead of the measured one. */
  readonly note?: string;
  readonly budget?: Budget;
}

export interface PathConfig {
  /** Bounds on the path's total. */
  readonly ceiling?: Budget;
  /** By hop id. */
  readonly hops?: Readonly<Record<string, HopConfig>>;
}

/** A checked `hopline.yaml`. configFile.ts reads it. */
export interface HoplineConfig {
  /** By path name: `GET /catalog/:id`. */
  readonly paths: Readonly<Record<string, PathConfig>>;
}

export const NO_CONFIG: HoplineConfig = { paths: {} };
