import { grown } from '../base/growable.ts';
import { PairIds } from '../base/pairIds.ts';
import { DEFAULT_LAYER, type LayerCondition, type LayerRule } from '../config/layerRules.ts';
import type { Layer } from '../config/layers.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { compareText } from './groupPaths.ts';
import { NO_RULE, scopeEvidence, type ResourceFacts } from './resourceFacts.ts';

/** What is known of hops and lines over the whole dataset, so that it is the same in every path. */
export interface HopFacts {
  /** By hop. */
  readonly layer: readonly Layer[];
  /** By hop: which rule put it there. */
  readonly layerReason: readonly string[];
  /** By hop: the chip. */
  readonly runtime: readonly (string | null)[];
  /** By account of a line: what goes over it most often. */
  readonly protocol: ReadonlyMap<number, string>;
}

const NONE = -1;

export function hopFacts(
  table: SpanTable,
  accounts: Accounts,
  resources: ResourceFacts,
  layerRules: readonly LayerRule[],
): HopFacts {
  const sources = countSources(table, accounts, resources, scopeEvidence(table, layerRules));
  const evidence = collectEvidence(accounts, sources, resources);
  const { hopNames, hopOrigins } = accounts;
  const rules = hopNames.map((name, hop) => {
    const isMatch = (when: LayerCondition): boolean =>
      ('origin' in when && when.origin === hopOrigins[hop]) ||
      ('name' in when && when.name.test(name) && !(when.not?.test(name) ?? false));
    return layerRules.find((rule, index) => evidence[hop] === index || rule.when.some(isMatch)) ?? DEFAULT_LAYER;
  });
  return {
    layer: rules.map((rule) => rule.layer),
    layerReason: rules.map((rule) => rule.why),
    runtime: hopRuntimes(accounts, sources, resources),
    protocol: lineProtocols(accounts),
  };
}

/** What spans say of the hops that they belong to, whether they lie in a root's tree or not. */
interface Sources {
  /** (service's hop, fact of its resource) with its spans. */
  readonly resources: PairCounts;
  /** By service's hop: the first layer rule that a scope of its spans matches. */
  readonly scopes: Uint32Array;
}

function countSources(
  table: SpanTable,
  accounts: Accounts,
  resources: ResourceFacts,
  ofScope: readonly number[],
): Sources {
  const { serviceHop } = accounts;
  const { resource, scope, spanCount } = table;
  const spans = new Float64Array(resources.fact.length);
  const scopes = new Uint32Array(accounts.hopNames.length).fill(NO_RULE);
  for (let row = 0; row < spanCount; row++) {
    const each = resource[row];
    spans[each]++;
    const rule = ofScope[scope[row]];
    if (rule !== NO_RULE && rule < scopes[serviceHop[each]]) scopes[serviceHop[each]] = rule;
  }
  const counts = new PairCounts();
  spans.forEach((count, each) => {
    if (count > 0) counts.add(serviceHop[each], resources.fact[each], count);
  });
  return { resources: counts, scopes };
}

/** How often pairs occur. */
class PairCounts {
  readonly #pairs = new PairIds();
  #counts = new Float64Array(64);

  add(first: number, second: number, count: number): void {
    const pair = this.#pairs.id(first, second);
    this.#counts = grown(this.#counts, pair + 1);
    this.#counts[pair] += count;
  }

  forEach(see: (first: number, second: number, count: number) => void): void {
    for (let i = 0; i < this.#pairs.count; i++) see(this.#pairs.first(i), this.#pairs.second(i), this.#counts[i]);
  }
}

/** Calls that are spans of the called hop. */
function forEachCall({ works, pairs }: Accounts, see: (called: number, fact: number, spans: number) => void): void {
  for (let work = 0; work < works.count; work++) {
    if (works.callLine[work] !== NONE) see(pairs.first(works.account[work]), works.fact[work], works.spans[work]);
  }
}

/** By hop: the first layer rule that anything it is known from matches. */
function collectEvidence(accounts: Accounts, sources: Sources, resources: ResourceFacts): Uint32Array {
  const { works, facts } = accounts;
  const evidence = sources.scopes.slice();
  const note = (hop: number, rule: number): void => {
    evidence[hop] = Math.min(evidence[hop], rule);
  };
  sources.resources.forEach((hop, fact) => note(hop, resources.evidence[fact]));
  for (let work = 0; work < works.count; work++) note(works.home[work], facts[works.fact[work]].ownEvidence);
  forEachCall(accounts, (hop, fact) => note(hop, facts[fact].callEvidence));
  return evidence;
}

/** A service's runtime is that of most of its spans; a called hop's chip is what it is spoken to with. */
function hopRuntimes(accounts: Accounts, sources: Sources, resources: ResourceFacts): (string | null)[] {
  const { facts, hopOrigins } = accounts;
  const votes = new Votes();
  sources.resources.forEach((hop, fact, spans) => votes.add(hop, resources.runtime[fact], spans));
  forEachCall(accounts, (hop, fact, spans) => {
    if (hopOrigins[hop] === 'database' || hopOrigins[hop] === 'messaging') votes.add(hop, facts[fact].protocol, spans);
  });
  const winners = votes.winners();
  return hopOrigins.map((_, hop) => winners.get(hop) ?? null);
}

/** Every span that draws a line says what went over it, where its attributes tell. */
function lineProtocols({ facts, works }: Accounts): ReadonlyMap<number, string> {
  const votes = new Votes();
  for (let work = 0; work < works.count; work++) {
    const { protocol } = facts[works.fact[work]];
    const account = works.account[work];
    for (const line of [works.isBoundary[work] === 0 ? NONE : account, works.callLine[work], works.entryLine[work]]) {
      if (line !== NONE) votes.add(line, protocol, works.spans[work]);
    }
  }
  return votes.winners();
}

/** Votes for texts by subject; the text with the most wins, of equals the first in the alphabet. */
class Votes {
  readonly #bySubject = new Map<number, Map<string, number>>();

  add(subject: number, text: string | null, count: number): void {
    if (text === null) return;
    let texts = this.#bySubject.get(subject);
    if (texts === undefined) this.#bySubject.set(subject, (texts = new Map<string, number>()));
    texts.set(text, (texts.get(text) ?? 0) + count);
  }

  winners(): Map<number, string> {
    return new Map(
      [...this.#bySubject].map(([subject, texts]) => {
        const [[winner]] = [...texts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
        return [subject, winner];
      }),
    );
  }
}
