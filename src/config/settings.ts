import { isWildcard, wildcard, type Pattern } from '../base/wildcard.ts';
import type { Milliseconds } from '../base/units.ts';
import { parseBoundary, type BoundaryName } from './boundaryName.ts';
import { TOLERANCES, type Budget, type HopConfig, type HoplineConfig, type Tolerances } from './hoplineConfig.ts';
import { PERCENTILE_KEYS, type PercentileKey } from './percentiles.ts';

/** A bound and where the config states it: the keys that lead there. */
export interface Bound {
  readonly ms: Milliseconds;
  readonly source: readonly string[];
}

export type Bounds = Partial<Record<PercentileKey, Bound>>;

export interface HopSettings {
  readonly role: string | null;
  readonly note: string | null;
  readonly budget: Bounds;
}

/** What the config says of one path. */
export interface PathSettings {
  readonly ceiling: Bounds;
  hop(id: string): HopSettings;
  boundary(name: BoundaryName): Bounds;
}

/** The entries of a mapping that hold for a name, those that matter more first, with the keys that lead to each. */
interface Entry<T> {
  readonly value: T;
  readonly source: readonly string[];
}

/**
 * Looks names up in a config. Of several entries that match a name, the exact one comes before patterns, and of
 * patterns the first; each key is taken from the first entry that has it, and what a path says of a hop comes before
 * what is said of the hop anywhere.
 *
 *     hops:   { go.*: { note: Go } }
 *     paths:  { GET /a: { hops: { go.api: { budget: { p50: 5ms } } } }, 'GET /*': { hops: { '*': { budget: { p50: 9ms, p99: 90ms } } } } }
 *
 *     go.api on GET /a   →   note Go, p50 5 ms, p99 90 ms
 */
export class Settings {
  readonly tolerances: Tolerances;
  readonly #config: HoplineConfig;
  readonly #patterns = new Map<string, Pattern>();

  constructor(config: HoplineConfig) {
    this.#config = config;
    this.tolerances = { ...TOLERANCES, ...config.tolerances };
  }

  /** The hop's id, from its name in the traces. Renamed once: what a new name is renamed to does not matter. */
  hopName(name: string): string {
    return this.#matching(this.#config.renames, [name], [])[0]?.value ?? name;
  }

  /** The path's name, from the one in the traces: that of the first group with a pattern for it. */
  pathName(name: string): string {
    for (const [group, patterns] of Object.entries(this.#config.groups ?? {})) {
      if (patterns.some((pattern) => this.#isMatch(pattern, name))) return group;
    }
    return name;
  }

  /** `entry: name` tells paths of the same name apart. */
  path({ name, entry }: { readonly name: string; readonly entry: string }): PathSettings {
    const paths = this.#matching(this.#config.paths, [`${entry}: ${name}`, name], ['paths']);
    return {
      ceiling: firstBounds(paths.map(({ value, source }) => [value.ceiling, [...source, 'ceiling']] as const)),
      hop: (id) => {
        const entries = [
          ...paths.flatMap(({ value, source }) => this.#matching(value.hops, [id], [...source, 'hops'])),
          ...this.#matching(this.#config.hops, [id], ['hops']),
        ];
        const first = (key: 'role' | 'note'): string | null =>
          entries.find(({ value }) => value[key] !== undefined)?.value[key] ?? null;
        return { role: first('role'), note: first('note'), budget: firstBounds(entries.map(budgetOf)) };
      },
      boundary: (name) =>
        firstBounds(
          paths.flatMap(({ value, source }) =>
            Object.entries(value.boundaries ?? {})
              .map(([key, boundary]) => ({ value: boundary, key, sides: parseBoundary(key) }))
              .filter(
                ({ sides }) =>
                  sides !== null && this.#isMatch(sides.from, name.from) && this.#isMatch(sides.to, name.to),
              )
              .toSorted((a, b) => Number(isWildcard(a.key)) - Number(isWildcard(b.key)))
              .map((each) => budgetOf({ value: each.value, source: [...source, 'boundaries', each.key] })),
          ),
        ),
    };
  }

  /** Entries under any of the names, in that order, then those whose pattern matches one, in the order of the file. */
  #matching<T>(
    mapping: Readonly<Record<string, T>> | undefined,
    names: readonly string[],
    above: readonly string[],
  ): Entry<T>[] {
    if (mapping === undefined) return [];
    // Names come from the input: only what the config itself holds counts, nothing that objects have by nature.
    const exact = names.filter((name) => Object.hasOwn(mapping, name));
    const patterns = Object.keys(mapping).filter(
      (key) => isWildcard(key) && !exact.includes(key) && names.some((name) => this.#isMatch(key, name)),
    );
    return [...exact, ...patterns].map((key) => ({ value: mapping[key], source: [...above, key] }));
  }

  #isMatch(pattern: string, name: string): boolean {
    let compiled = this.#patterns.get(pattern);
    if (compiled === undefined) this.#patterns.set(pattern, (compiled = wildcard(pattern)));
    return compiled.test(name);
  }
}

/** The bounds alone, in milliseconds. */
export function toBudget(bounds: Bounds): Budget {
  return Object.fromEntries(Object.entries(bounds).map(([key, { ms }]) => [key, ms]));
}

function budgetOf({
  value,
  source,
}: Entry<Pick<HopConfig, 'budget'>>): readonly [Budget | undefined, readonly string[]] {
  return [value.budget, [...source, 'budget']];
}

/** By percentile the first that is stated. */
function firstBounds(budgets: readonly (readonly [Budget | undefined, readonly string[]])[]): Bounds {
  const bounds: Bounds = {};
  for (const key of PERCENTILE_KEYS) {
    const found = budgets.find(([budget]) => budget?.[key] !== undefined);
    const ms = found?.[0]?.[key];
    if (found !== undefined && ms !== undefined) bounds[key] = { ms, source: [...found[1], key] };
  }
  return bounds;
}
