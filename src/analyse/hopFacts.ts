import { PairIds } from '../base/pairIds.ts';
import { DEFAULT_LAYER, LAYER_RULES, type LayerCondition } from '../config/layerRules.ts';
import type { Layer } from '../config/layers.ts';
import { AttributeLookup } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { RUNTIME_KEYS, runtimeOf } from './runtime.ts';

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
  /** By resource. */
  readonly resourceRuntime: readonly (string | null)[];
}

const NONE = -1;

export function hopFacts(table: SpanTable, accounts: Accounts): HopFacts {
  const resourceRuntime = readRuntimes(table);
  const evidence = collectEvidence(table, accounts);
  const { hopNames, hopOrigins } = accounts;
  const rules = hopNames.map((name, hop) => {
    const isMatch = (when: LayerCondition): boolean =>
      ('origin' in when && when.origin === hopOrigins[hop]) ||
      ('name' in when && when.name.test(name) && !(when.not?.test(name) ?? false));
    return (
      LAYER_RULES.find((rule, bit) => (evidence[hop] & (1 << bit)) !== 0 || rule.when.some(isMatch)) ?? DEFAULT_LAYER
    );
  });
  const lines = lineProtocols(table, accounts);
  return {
    layer: rules.map((rule) => rule.layer),
    layerReason: rules.map((rule) => rule.why),
    runtime: hopRuntimes(table, accounts, resourceRuntime),
    protocol: lines,
    resourceRuntime,
  };
}

/** By hop: bit i is set where something that it is known from matches layer rule i. */
function collectEvidence(table: SpanTable, accounts: Accounts): Uint32Array {
  const { home, account, hopAccount, pairs, fact, facts } = accounts;
  const evidence = new Uint32Array(accounts.hopNames.length);
  const ofResource = resourceEvidence(table);
  const ofScope = scopeEvidence(table);
  for (let row = 0; row < table.spanCount; row++) {
    let bits = ofResource[table.resource[row]] | ofScope[table.scope[row]];
    if (account[row] !== NONE) {
      const { ownEvidence, callEvidence } = facts.facts[fact[row]];
      bits |= ownEvidence;
      const isCall = account[row] !== hopAccount[home[row]] && pairs.second(account[row]) === 0;
      if (isCall) evidence[pairs.first(account[row])] |= callEvidence;
    }
    evidence[home[row]] |= bits;
  }
  return evidence;
}

function resourceEvidence(table: SpanTable): Uint32Array {
  const keys = LAYER_RULES.flatMap(({ when }) => when.flatMap((each) => ('resource' in each ? [each.resource] : [])));
  const lookup = new AttributeLookup(table.attributes, [...new Set(keys)]);
  const { shape, offset, service } = table.resources;
  return Uint32Array.from({ length: service.length }, (_, resource) =>
    matchingRules((when) => {
      if (!('resource' in when) || !lookup.has(shape[resource], when.resource)) return false;
      return when.is?.test(lookup.text(shape[resource], offset[resource], when.resource) ?? '') ?? true;
    }),
  );
}

function scopeEvidence(table: SpanTable): Uint32Array {
  return Uint32Array.from(table.scopes.name, (name) => {
    const text = table.attributes.strings.text(name);
    return matchingRules((when) => 'scope' in when && when.scope.test(text));
  });
}

function matchingRules(isMatch: (when: LayerCondition) => boolean): number {
  let bits = 0;
  LAYER_RULES.forEach((rule, bit) => {
    if (rule.when.some(isMatch)) bits |= 1 << bit;
  });
  return bits;
}

function readRuntimes(table: SpanTable): (string | null)[] {
  const lookup = new AttributeLookup(table.attributes, RUNTIME_KEYS);
  const { shape, offset, service } = table.resources;
  return Array.from({ length: service.length }, (_, resource) =>
    runtimeOf((key) => lookup.text(shape[resource], offset[resource], key)),
  );
}

/** A service's runtime is that of most of its spans; a called hop's chip is what it is spoken to with. */
function hopRuntimes(
  table: SpanTable,
  accounts: Accounts,
  resourceRuntime: readonly (string | null)[],
): (string | null)[] {
  const { home, account, hopAccount, pairs, fact, facts, hopOrigins } = accounts;
  const votes = new Votes();
  for (let row = 0; row < table.spanCount; row++) {
    votes.add(home[row], resourceRuntime[table.resource[row]]);
    if (account[row] === NONE || account[row] === hopAccount[home[row]] || pairs.second(account[row]) !== 0) continue;
    const called = pairs.first(account[row]);
    if (hopOrigins[called] === 'database' || hopOrigins[called] === 'messaging') {
      votes.add(called, facts.facts[fact[row]].protocol);
    }
  }
  const winners = votes.winners();
  return hopOrigins.map((_, hop) => winners.get(hop) ?? null);
}

/** Every span that draws a line says what went over it, where its attributes tell. */
function lineProtocols(table: SpanTable, accounts: Accounts): ReadonlyMap<number, string> {
  const { home, account, hopAccount, pairs, fact, facts } = accounts;
  const votes = new Votes();
  for (let row = 0; row < table.spanCount; row++) {
    if (account[row] === NONE) continue;
    const { protocol } = facts.facts[fact[row]];
    if (protocol === null) continue;
    const isBoundary = pairs.second(account[row]) !== 0;
    if (isBoundary) votes.add(account[row], protocol);
    else if (account[row] !== hopAccount[home[row]]) {
      votes.add(pairs.id(home[row], pairs.first(account[row]) + 1), protocol);
    }
    const up = table.parent[row];
    if (up !== NONE && home[up] !== home[row]) votes.add(pairs.id(home[up], home[row] + 1), protocol);
  }
  return votes.winners();
}

/** Counts texts by subject; the text with the most votes wins, of equals the first in the alphabet. */
class Votes {
  readonly #pairs = new PairIds();
  readonly #counts: number[] = [];
  readonly #textIds = new Map<string, number>();
  readonly #texts: string[] = [];

  add(subject: number, text: string | null): void {
    if (text === null) return;
    let id = this.#textIds.get(text);
    if (id === undefined) this.#textIds.set(text, (id = this.#texts.push(text) - 1));
    const pair = this.#pairs.id(subject, id);
    this.#counts[pair] = (this.#counts[pair] ?? 0) + 1;
  }

  winners(): Map<number, string> {
    const best = new Map<number, { text: string; count: number }>();
    this.#counts.forEach((count, pair) => {
      const subject = this.#pairs.first(pair);
      const text = this.#texts[this.#pairs.second(pair)];
      const leader = best.get(subject);
      if (!leader || count > leader.count || (count === leader.count && text < leader.text)) {
        best.set(subject, { text, count });
      }
    });
    return new Map([...best].map(([subject, { text }]) => [subject, text]));
  }
}
