import { LAYER_RULES, type LayerCondition } from '../config/layerRules.ts';
import { AttributeLookup } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { AttributeMemo } from './attributeMemo.ts';
import { RUNTIME_KEYS, runtimeOf } from './runtime.ts';

/** What resources say. A file names the same resource over and over; what is said is worked out once. */
export interface ResourceFacts {
  /** By resource: the number of its fact. */
  readonly fact: Uint32Array;
  /** By fact. */
  readonly runtime: readonly (string | null)[];
  /** By fact: bit i is set where layer rule i matches. */
  readonly evidence: readonly number[];
  /** By fact: a number for its `cloud.region`; −1 where it has none. */
  readonly region: readonly number[];
  readonly regionCount: number;
}

const RULE_KEYS = LAYER_RULES.flatMap(({ when }) =>
  when.flatMap((each) => ('resource' in each ? [each.resource] : [])),
);
const KEYS = [...new Set([...RUNTIME_KEYS, ...RULE_KEYS, 'cloud.region'])];

export function resourceFacts(table: SpanTable): ResourceFacts {
  const { shape, offset, service } = table.resources;
  const lookup = new AttributeLookup<string>(table.attributes, KEYS);
  const memo = new AttributeMemo(table.attributes, KEYS);
  const fact = new Uint32Array(service.length);
  const runtime: (string | null)[] = [];
  const evidence: number[] = [];
  const region: number[] = [];
  const regions = new Map<string, number>();
  for (let resource = 0; resource < service.length; resource++) {
    const id = memo.id(0, shape[resource], offset[resource]);
    fact[resource] = id;
    if (id < runtime.length) continue;
    const read = (key: string): string | undefined => lookup.text(shape[resource], offset[resource], key);
    runtime.push(runtimeOf(read));
    evidence.push(
      matchingRules((when) => {
        if (!('resource' in when) || !lookup.has(shape[resource], when.resource)) return false;
        return when.is?.test(read(when.resource) ?? '') ?? true;
      }),
    );
    const name = read('cloud.region');
    if (name !== undefined && !regions.has(name)) regions.set(name, regions.size);
    region.push(name === undefined ? -1 : (regions.get(name) ?? -1));
  }
  return { fact, runtime, evidence, region, regionCount: regions.size };
}

/** By scope: bit i is set where layer rule i matches its name. */
export function scopeEvidence(table: SpanTable): Uint32Array {
  const byName = new Map<number, number>();
  return table.scopes.name.map((name) => {
    let bits = byName.get(name);
    if (bits === undefined) {
      const text = table.attributes.strings.text(name);
      byName.set(name, (bits = matchingRules((when) => 'scope' in when && when.scope.test(text))));
    }
    return bits;
  });
}

/** Bit i is set where any condition of layer rule i matches. */
function matchingRules(isMatch: (when: LayerCondition) => boolean): number {
  let bits = 0;
  LAYER_RULES.forEach((rule, bit) => {
    if (rule.when.some(isMatch)) bits |= 1 << bit;
  });
  return bits;
}
