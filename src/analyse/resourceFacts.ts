import type { LayerCondition, LayerRule } from '../config/layerRules.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { Answers } from './answers.ts';
import { RUNTIME_KEYS, runtimeOf } from './runtime.ts';

/** What resources say. A file names the same resource over and over; what is said is worked out once. */
export interface ResourceFacts {
  /** By resource: the number of its fact. */
  readonly fact: Uint32Array;
  /** By fact. */
  readonly runtime: readonly (string | null)[];
  /** By fact: the first layer rule that matches. */
  readonly evidence: readonly number[];
  /** By fact: a number for its `cloud.region`; −1 where it has none. */
  readonly region: readonly number[];
  readonly regionCount: number;
}

/** The index of no layer rule: after all that there are. */
export const NO_RULE = 0xffff_ffff;

export function resourceFacts(table: SpanTable, rules: readonly LayerRule[]): ResourceFacts {
  const ruleKeys = rules.flatMap(({ when }) => when.flatMap((each) => ('resource' in each ? [each.resource] : [])));
  const keys = [...new Set([...RUNTIME_KEYS, ...ruleKeys, 'cloud.region'])];
  const runtime: (string | null)[] = [];
  const evidence: number[] = [];
  const region: number[] = [];
  const regions = new Map<string, number>();
  const answers = new Answers<string>(table.attributes, table.resources, keys, (resource) => {
    runtime.push(runtimeOf((key) => resource.text(key)));
    evidence.push(
      firstRule(rules, (when) => {
        if (!('resource' in when) || !resource.has(when.resource)) return false;
        return when.is?.test(resource.text(when.resource) ?? '') ?? true;
      }),
    );
    const name = resource.text('cloud.region');
    if (name !== undefined && !regions.has(name)) regions.set(name, regions.size);
    return region.push(name === undefined ? -1 : (regions.get(name) ?? -1)) - 1;
  });
  return { fact: answers.all(), runtime, evidence, region, regionCount: regions.size };
}

/** By scope: the first layer rule that matches its name. */
export function scopeEvidence(table: SpanTable, rules: readonly LayerRule[]): readonly number[] {
  const byName = new Map<number, number>();
  return Array.from(table.scopes.name, (name) => {
    let rule = byName.get(name);
    if (rule === undefined) {
      const text = table.attributes.strings.text(name);
      byName.set(name, (rule = firstRule(rules, (when) => 'scope' in when && when.scope.test(text))));
    }
    return rule;
  });
}

/** The index of the first rule of which a condition matches. */
export function firstRule(rules: readonly LayerRule[], isMatch: (when: LayerCondition) => boolean): number {
  const index = rules.findIndex((rule) => rule.when.some(isMatch));
  return index < 0 ? NO_RULE : index;
}
