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
  const occurrences = countOccurrences(table, accounts, resources, scopeEvidence(table, layerRules));
  const evidence = collectEvidence(accounts, occurrences, resources);
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
    runtime: hopRuntimes(accounts, occurrences, resources),
    protocol: lineProtocols(accounts, occurrences),
  };
}

/**
 * What occurs together, each once with the number of spans: millions of spans are a few hundred combinations, and the
 * rules run over those.
 */
interface Occurrences {
  /** (service's hop, fact of its resource). */
  readonly sources: Tally;
  /** By service's hop: the first layer rule that a scope of its spans matches. */
  readonly scopes: Uint32Array;
  /** (service's hop, fact). */
  readonly works: Tally;
  /** (called hop, fact): calls that are spans of the called hop. */
  readonly calls: Tally;
  /** (line, fact): spans that draw it. */
  readonly lines: Tally;
}

function countOccurrences(
  table: SpanTable,
  accounts: Accounts,
  resources: ResourceFacts,
  ofScope: readonly number[],
): Occurrences {
  const { home, account, hopAccount, pairs, fact } = accounts;
  const { parent, resource, scope } = table;
  const [sources, works, calls, lines] = [new Tally(), new Tally(), new Tally(), new Tally()];
  const scopes = new Uint32Array(accounts.hopNames.length).fill(NO_RULE);
  for (let row = 0; row < table.spanCount; row++) {
    sources.add(home[row], resources.fact[resource[row]]);
    scopes[home[row]] = Math.min(scopes[home[row]], ofScope[scope[row]]);
    if (account[row] === NONE) continue;
    works.add(home[row], fact[row]);
    if (pairs.second(account[row]) !== 0) {
      lines.add(account[row], fact[row]);
    } else if (account[row] !== hopAccount[home[row]]) {
      const called = pairs.first(account[row]);
      calls.add(called, fact[row]);
      lines.add(pairs.id(home[row], called + 1), fact[row]);
    }
    const up = parent[row];
    if (up !== NONE && home[up] !== home[row]) lines.add(pairs.id(home[up], home[row] + 1), fact[row]);
  }
  return { sources, scopes, works, calls, lines };
}

/** Counts pairs. */
class Tally {
  readonly #pairs = new PairIds();
  #counts = new Float64Array(64);

  add(first: number, second: number): void {
    const pair = this.#pairs.id(first, second);
    if (pair === this.#counts.length) this.#counts = grown(this.#counts, pair + 1);
    this.#counts[pair]++;
  }

  forEach(see: (first: number, second: number, count: number) => void): void {
    for (let i = 0; i < this.#pairs.count; i++) see(this.#pairs.first(i), this.#pairs.second(i), this.#counts[i]);
  }
}

/** By hop: the first layer rule that anything it is known from matches. */
function collectEvidence(
  { facts: { facts } }: Accounts,
  { sources, scopes, works, calls }: Occurrences,
  resources: ResourceFacts,
): Uint32Array {
  const evidence = scopes.slice();
  const note = (hop: number, rule: number): void => {
    evidence[hop] = Math.min(evidence[hop], rule);
  };
  sources.forEach((hop, fact) => note(hop, resources.evidence[fact]));
  works.forEach((hop, fact) => note(hop, facts[fact].ownEvidence));
  calls.forEach((hop, fact) => note(hop, facts[fact].callEvidence));
  return evidence;
}

/** A service's runtime is that of most of its spans; a called hop's chip is what it is spoken to with. */
function hopRuntimes(accounts: Accounts, { sources, calls }: Occurrences, resources: ResourceFacts): (string | null)[] {
  const { facts, hopOrigins } = accounts;
  const votes = new Votes();
  sources.forEach((hop, fact, count) => votes.add(hop, resources.runtime[fact], count));
  calls.forEach((hop, fact, count) => {
    if (hopOrigins[hop] === 'database' || hopOrigins[hop] === 'messaging') {
      votes.add(hop, facts.facts[fact].protocol, count);
    }
  });
  const winners = votes.winners();
  return hopOrigins.map((_, hop) => winners.get(hop) ?? null);
}

/** Every span that draws a line says what went over it, where its attributes tell. */
function lineProtocols({ facts }: Accounts, { lines }: Occurrences): ReadonlyMap<number, string> {
  const votes = new Votes();
  lines.forEach((line, fact, count) => votes.add(line, facts.facts[fact].protocol, count));
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
