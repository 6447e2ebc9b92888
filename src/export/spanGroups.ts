import type { SpanTable } from '../store/spanTable.ts';
import type { ListWalk } from './listWalk.ts';

/** Rows by the resource and the scope that they share: how OTLP nests them. */
export interface ResourceGroup {
  readonly resource: number;
  readonly scopes: readonly { readonly scope: number; readonly rows: readonly number[] }[];
}

/**
 * Collects rows for one request. A resource that came once a line of the input is many resources of the store, so those
 * that say the same are taken for one: a trace that was torn over a thousand lines does not name its service a thousand times.
 */
export class SpanGroups {
  count = 0;
  readonly #table: SpanTable;
  readonly #resources: Uint32Array;
  readonly #scopes: Uint32Array;
  #groups = new Map<number, Map<number, number[]>>();

  constructor(table: SpanTable, walk: ListWalk) {
    const { resources, scopes } = table;
    this.#table = table;
    this.#resources = firstAlike(resources.shape.length, (slot) => walk.identity(resources, slot));
    this.#scopes = firstAlike(
      scopes.shape.length,
      (slot) => `${scopes.name[slot]},${scopes.version[slot]},${walk.identity(scopes, slot)}`,
    );
  }

  add(row: number): void {
    this.count++;
    const { resource, scope } = this.#table;
    const scopes = getOrAdd(this.#groups, this.#resources[resource[row]], () => new Map<number, number[]>());
    getOrAdd(scopes, this.#scopes[scope[row]], (): number[] => []).push(row);
  }

  /** What was collected, in the order in which it came; nothing is left. */
  take(): ResourceGroup[] {
    const groups = Array.from(this.#groups, ([resource, scopes]) => ({
      resource,
      scopes: Array.from(scopes, ([scope, rows]) => ({ scope, rows })),
    }));
    this.#groups = new Map();
    this.count = 0;
    return groups;
  }
}

/** For each slot the first that says the same. */
function firstAlike(count: number, identity: (slot: number) => string): Uint32Array {
  const first = new Map<string, number>();
  return Uint32Array.from({ length: count }, (_, slot) => getOrAdd(first, identity(slot), () => slot));
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
