import type { Fraction, Milliseconds } from '../../base/units.ts';
import type { Layer } from '../../config/layers.ts';
import type { Interval } from '../model.ts';
import type { StructureChange } from './structure.ts';

/** What a comparison says, as plain data: before, after, and whether the difference is more than chance. */

/** `unproven`: no more than chance makes. `insufficient`: too few traces to say. */
export type ChangeVerdict = 'slower' | 'faster' | 'unproven' | 'insufficient';

export interface Change {
  readonly beforeMs: Milliseconds;
  readonly afterMs: Milliseconds;
  /** After less before. */
  readonly changeMs: Milliseconds;
  /** 95 %, of the change; null where there are too few traces. */
  readonly interval: Interval | null;
  /** Chance of a change as large were there none, corrected for all that were looked at (Holm); null where not judged. */
  readonly chance: Fraction | null;
  readonly verdict: ChangeVerdict;
}

/** A hop's or a measured boundary's part of a path's change. The parts add up to the change of the total. */
export interface PartChange extends Change {
  readonly of: 'hop' | 'boundary';
  /** A hop's id, or `from → to`, as it is called after. */
  readonly name: string;
  /** Of a boundary: that of the hop which it leaves. */
  readonly layer: Layer;
  /** `new` and `gone` are changes of structure, so their time is not judged. */
  readonly presence: 'both' | 'new' | 'gone';
}

/** One side's traffic on a path. */
export interface Traffic {
  readonly traces: number;
  /** Weighted. */
  readonly requests: number;
  /** Of the dataset's requests. */
  readonly share: Fraction;
}

/** A request path before and after. */
export interface PathDiff {
  readonly name: string;
  readonly entry: string;
  readonly before: Traffic;
  readonly after: Traffic;
  readonly total: Change;
  readonly parts: readonly PartChange[];
  readonly structure: readonly StructureChange[];
  /** What one side alone has, but no oftener than chance explains. */
  readonly rare: readonly StructureChange[];
  /** What changed, in a few sentences. */
  readonly finding: readonly string[];
}

export interface PathPresence {
  readonly name: string;
  readonly entry: string;
  readonly traffic: Traffic;
}

/** All requests of all paths together. The changes of `within` and `mix` add up to that of `total`. */
export interface OverallChange {
  readonly total: Change;
  /** Because paths became slower or faster. */
  readonly within: Shift;
  /** Because other paths were asked for: their shares of the requests changed. */
  readonly mix: Shift;
}

/** A part of a change that has no before and after of its own. */
export type Shift = Omit<Change, 'beforeMs' | 'afterMs'>;

export interface Diff {
  readonly percentile: Fraction;
  readonly overall: OverallChange;
  /** In both, most requests after first. */
  readonly paths: readonly PathDiff[];
  readonly newPaths: readonly PathPresence[];
  readonly gonePaths: readonly PathPresence[];
}
