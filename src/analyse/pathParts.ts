import { formatPercent } from '../base/format.ts';
import { addLazy } from '../base/addLazy.ts';
import { toMilliseconds } from '../base/units.ts';
import type { Layer } from '../config/layers.ts';
import { toBudget, type PathSettings } from '../config/settings.ts';
import { fromHop, isHopAccount, toHop } from './accounts.ts';
import type { Classified } from './classified.ts';
import { EntryMark } from './entryMark.ts';
import { compareText } from './groupPaths.ts';
import type { Boundary, Hop } from './model.ts';
import type { HopWork } from './operations.ts';
import type { PathColumns } from './pathColumns.ts';

/**
 * The hops of a path in the order in which they first start, with the column of each. `work` by column is asked for
 * once somebody looks at a hop's notes or operations, or where summary spans have a part in the counts.
 */
export function listHops(
  { accounts, hops: facts, memory, summaries }: Classified,
  columns: PathColumns,
  work: () => readonly HopWork[],
  settings: PathSettings,
): { hops: Hop[]; hopColumns: number[] } {
  const listed = [...columns.account].flatMap((account, index) => {
    if (!isHopAccount(accounts, account)) return [];
    const hop = fromHop(accounts, account);
    const id = accounts.hopNames[hop];
    const { role, note, budget } = settings.hop(id);
    const summarised = summaries === null ? 0 : work()[index].summarised;
    const peak = memory.get(id);
    // In the order in which diagrams hold what they are made of: it decides their bytes.
    const named = {
      id,
      layer: facts.layer[hop],
      layerReason: facts.layerReason[hop],
      origin: accounts.hopOrigins[hop],
      runtime: facts.runtime[hop],
      role,
    };
    addLazy(named, { note: () => note ?? workNote(facts.layer[hop], work()[index]) });
    const counted = Object.assign(named, {
      isAsync: !columns.isReached(index),
      traces: columns.traceCount[index],
      visits: columns.visits[index],
      ...(summarised > 0 && { summarised }),
      ...(peak && { memory: peak }),
      firstStartMs: toMilliseconds(columns.firstStart[index]),
    });
    addLazy(counted, { operations: () => work()[index].operations });
    const described: Hop = Object.assign(counted, { budget: toBudget(budget) });
    return [{ hop: described, index }];
  });
  listed.sort((a, b) => a.hop.firstStartMs - b.hop.firstStartMs || compareText(a.hop.id, b.hop.id));
  return { hops: listed.map(({ hop }) => hop), hopColumns: listed.map(({ index }) => index) };
}

/**
 * A store's share of hits, else the most expensive operation. A service may say that it found something in a cache;
 * only a store's own look-ups are a ratio of its own.
 */
function workNote(layer: Layer, { hitRatio, operations }: HopWork): string | null {
  if (layer === 'data' && hitRatio !== null) return `${formatPercent(hitRatio)} hit`;
  return operations.length === 0 ? null : operations[0].name;
}

/** The lines of a path in the order of the hops that they join, with the column of each. */
export function listBoundaries(
  { accounts, hops: facts }: Classified,
  columns: PathColumns,
  hops: readonly Hop[],
  settings: PathSettings,
): { boundaries: Boundary[]; lineColumns: number[] } {
  const place = new Map(hops.map(({ id }, i) => [id, i]));
  const listed = [...columns.account].flatMap((account, index) => {
    if (isHopAccount(accounts, account)) return [];
    const from = accounts.hopNames[fromHop(accounts, account)];
    const to = accounts.hopNames[toHop(accounts, account)];
    const isCrossed = (columns.marks[index] & EntryMark.crossed) !== 0;
    const boundary: Boundary = {
      from,
      to,
      protocol: facts.protocol.get(account) ?? null,
      isMeasured: columns.isReached(index),
      isAsync: !isCrossed,
      isAdopted: isCrossed && (columns.marks[index] & EntryMark.direct) === 0,
      traces: columns.traceCount[index],
      budget: toBudget(settings.boundary({ from, to })),
    };
    return [{ boundary, index, order: (place.get(from) ?? 0) * hops.length + (place.get(to) ?? 0) }];
  });
  listed.sort((a, b) => a.order - b.order);
  return { boundaries: listed.map(({ boundary }) => boundary), lineColumns: listed.map(({ index }) => index) };
}
