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
  /** By resource: the hop of its service, once it has a span. */
  readonly serviceHop: Int32Array;
  /** By span: its R of rule 2, or −1. */
  readonly remote: Int32Array;
  /** What spans' attributes say, by number. */
  readonly facts: readonly SpanFact[];
  /** By span: the number of its work, which has its account; 0 outside the root's tree. */
  readonly work: Uint32Array;
  readonly works: Works;
}

const NONE = -1;

/** What else of a span decides its account, beside its service, what it says, and the place of its parent. Bits. */
const Role = {
  /** Shares no account of its parent. */
  entry: 1,
  call: 2,
  /** A call that a service answers. */
  crossing: 4,
};
const ROLES = 8;
const ROLE_OF_KIND = Uint8Array.from(Object.values(SpanKind), (kind) => {
  if (kind === SpanKind.server || kind === SpanKind.consumer) return Role.entry;
  return kind === SpanKind.client || kind === SpanKind.producer ? Role.call : 0;
});

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
  const { parent, kind, flags, resource, traceRows, subtreeEnd } = table;
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

  const serviceHop = serviceHops(table, hop);
  const remote = remoteBelow(table, times, serviceHop);
  // Begins as the number of what each span says, which its work takes the place of.
  const { facts, of: work } = spanFacts(table, rules);
  const works = new Works(pairs);
  // By fact: the hop that it names, once a span needed it.
  const calledHop: number[] = [];

  const accountOf = (home: number, role: number, reached: number, placeAbove: number, said: number): number => {
    const own = hopAccount[home];
    if ((role & Role.entry) === 0 && placeAbove !== NONE && works.placeHome(placeAbove) === home) {
      const above = works.placeAccount(placeAbove);
      if (above !== own) return above;
    }
    if ((role & Role.crossing) !== 0) return pairs.id(home, reached + 1);
    const { called } = facts[said];
    if ((role & Role.call) === 0 || called === null) return own;
    return hopAccount[(calledHop[said] ??= hop(called.name, called.origin))];
  };

  /** (service, service that a call of it reaches). */
  const crossings = new PairIds();
  /** (service or crossing with a role, fact). */
  const sayings = new PairIds();
  /** (saying, 1 + the parent's place): a work. */
  const steps = new PairIds();
  const assignTrace = (root: number, end: number): void => {
    const last = subtreeEnd[root];
    for (let row = root; row < last; row++) {
      const home = serviceHop[resource[row]];
      let role = ROLE_OF_KIND[kind[row]];
      if ((flags[row] & SpanFlag.adopted) !== 0) role |= Role.entry;
      let reached = NONE;
      let doer = home;
      if ((role & Role.call) !== 0 && remote[row] !== NONE) {
        role |= Role.crossing;
        reached = serviceHop[resource[remote[row]]];
        doer = crossings.id(home, reached);
      }
      const placeAbove = row === root ? NONE : works.place[work[parent[row]]];
      const said = work[row];
      const does = steps.id(sayings.id(doer * ROLES + role, said), placeAbove + 1);
      if (does === works.count) {
        works.append(home, accountOf(home, role, reached, placeAbove, said), placeAbove, said);
      }
      works.spans[does]++;
      work[row] = does;
    }
    if (last < end) work.fill(0, last, end);
  };
  for (let trace = 0; trace < table.traceCount; trace++) assignTrace(traceRows[trace], traceRows[trace + 1]);
  return { hopNames, hopOrigins, pairs, hopAccount, serviceHop, remote, facts, work, works };
}

/** Numbered in the order of the table's rows, which does not depend on the input's. */
function serviceHops(table: SpanTable, hop: (name: string, origin: 'service') => number): Int32Array {
  const { resource, resources, attributes } = table;
  const serviceHop = new Int32Array(resources.service.length).fill(NONE);
  let missing = serviceHop.length;
  for (let row = 0; row < table.spanCount && missing > 0; row++) {
    const each = resource[row];
    if (serviceHop[each] !== NONE) continue;
    serviceHop[each] = hop(attributes.strings.text(resources.service[each]), 'service');
    missing--;
  }
  return serviceHop;
}
