import { PairIds } from '../base/pairIds.ts';
import { LAYER_RULES, type LayerRule } from '../config/layerRules.ts';
import { SpanFlag, SpanKind, type SpanTable } from '../store/spanTable.ts';
import type { InferredHop } from './inferredHop.ts';
import { remoteBelow } from './remoteBelow.ts';
import type { SpanTimes } from './skew.ts';
import { spanFacts, type SpanFact } from './spanFacts.ts';
import { Works } from './works.ts';

/**
 * Every span has one account: a hop or a boundary (design: analysis, section 3).
 *
 *     shop     server  GET /cart       hop shop
 *     shop       client  POST /price   boundary shop → prices      a SERVER span of prices is reached below
 *     shop         internal  dns       boundary shop → prices      shares its parent's account
 *     prices         server  /price    hop prices
 *     prices           client  SELECT  hop postgres · main         nothing below; its attributes name the hop
 *
 * Hops are small integers, numbered over the dataset; so are accounts: a hop is the pair (hop, 0), a boundary the pair
 * (from, to + 1).
 */
export interface Accounts {
  /** By hop: section 3's name, or what the config renames it to. */
  readonly hopNames: readonly string[];
  /** By hop: what names it, where its own spans do not. */
  readonly hopOrigins: readonly ('service' | InferredHop['origin'])[];
  readonly pairs: PairIds;
  /** By hop: its account. */
  readonly hopAccount: readonly number[];
  /** By span: the hop of its service. */
  readonly home: Uint32Array;
  /** By span: its account; −1 outside the root's tree. */
  readonly account: Int32Array;
  /** By span: its R of rule 2, or −1. */
  readonly remote: Int32Array;
  /** What spans' attributes say, by number. */
  readonly facts: readonly SpanFact[];
  /** By span: the number of its work; 0 outside the root's tree. */
  readonly work: Uint32Array;
  readonly works: Works;
}

const NONE = -1;

export function isHopAccount(accounts: Accounts, account: number): boolean {
  return accounts.pairs.second(account) === 0;
}

/** The hop of a hop account, the hop that a boundary starts from. */
export function fromHop(accounts: Accounts, account: number): number {
  return accounts.pairs.first(account);
}

/** The hop that a boundary leads to. */
export function toHop(accounts: Accounts, account: number): number {
  return accounts.pairs.second(account) - 1;
}

/** `rename` gives the id of a hop from its name in the traces. */
export function assignAccounts(
  table: SpanTable,
  times: SpanTimes,
  rules: readonly LayerRule[] = LAYER_RULES,
  rename = (name: string): string => name,
): Accounts {
  const { parent, kind, flags, traceRows, subtreeEnd } = table;
  const pairs = new PairIds();
  const hopNames: string[] = [];
  const hopOrigins: Accounts['hopOrigins'][number][] = [];
  const hopAccount: number[] = [];
  const hopByName = new Map<string, number>();
  const hop = (told: string, origin: Accounts['hopOrigins'][number]): number => {
    const name = rename(told);
    const known = hopByName.get(name);
    if (known !== undefined) return known;
    const id = hopNames.push(name) - 1;
    hopByName.set(name, id);
    hopOrigins.push(origin);
    hopAccount.push(pairs.id(id, 0));
    return id;
  };

  const home = homeHops(table, hop);
  const remote = remoteBelow(table, times, home);
  const { facts, of: fact } = spanFacts(table, rules);
  const works = new Works(pairs);
  const work = new Uint32Array(table.spanCount);
  const account = new Int32Array(table.spanCount).fill(NONE);
  // By fact: the hop that it names, once a span needed it.
  const calledHop: number[] = [];

  for (let trace = 0; trace < table.traceCount; trace++) {
    const root = traceRows[trace];
    for (let row = root; row < subtreeEnd[root]; row++) {
      const up = row === root ? NONE : parent[row];
      const own = hopAccount[home[row]];
      const above = up === NONE ? own : account[up];
      const isEntry =
        kind[row] === SpanKind.server || kind[row] === SpanKind.consumer || (flags[row] & SpanFlag.adopted) !== 0;
      const isInside = up !== NONE && !isEntry && home[up] === home[row] && above !== own;
      let mine = own;
      if (isInside) {
        mine = above;
      } else if (kind[row] === SpanKind.client || kind[row] === SpanKind.producer) {
        const { called } = facts[fact[row]];
        if (remote[row] !== NONE) mine = pairs.id(home[row], home[remote[row]] + 1);
        else if (called !== null) mine = hopAccount[(calledHop[fact[row]] ??= hop(called.name, called.origin))];
      }
      account[row] = mine;
      work[row] = works.add(home[row], mine, up === NONE ? NONE : work[up], fact[row]);
    }
  }
  return { hopNames, hopOrigins, pairs, hopAccount, home, account, remote, facts, work, works };
}

/** By span: the hop of its service. Numbered in the order of the table's rows, which does not depend on the input's. */
function homeHops(table: SpanTable, hop: (name: string, origin: 'service') => number): Uint32Array {
  const hopOfResource = new Int32Array(table.resources.service.length).fill(NONE);
  const home = new Uint32Array(table.spanCount);
  for (let row = 0; row < table.spanCount; row++) {
    const resource = table.resource[row];
    if (hopOfResource[resource] === NONE) {
      hopOfResource[resource] = hop(table.attributes.strings.text(table.resources.service[resource]), 'service');
    }
    home[row] = hopOfResource[resource];
  }
  return home;
}
