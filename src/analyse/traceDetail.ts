import { toMilliseconds } from '../base/units.ts';
import { EVENTS_SHOWN, SPANS_SHOWN } from '../config/shown.ts';
import { attributeList, type Attributes } from '../store/attributes.ts';
import { itemsOf, SpanFlag, StatusCode, traceIdText } from '../store/spanTable.ts';
import type { Classified } from './classified.ts';
import type { AttributeTexts, TraceDetail, TraceSpan } from './model.ts';
import { startedAt } from './traceRows.ts';

/** One trace for its waterfall: every span, also those that take no part in the analysis. */
export function traceDetail(dataset: Classified, trace: number): TraceDetail {
  const { table, traces, walked } = dataset;
  walked.windows.take(trace);
  const first = table.traceRows[trace];
  const spanCount = table.traceRows[trace + 1] - first;
  const shown = Math.min(spanCount, SPANS_SHOWN);
  const depth = new Uint32Array(shown);
  const spans: TraceSpan[] = [];
  for (let i = 0; i < shown; i++) {
    const up = table.parent[first + i];
    depth[i] = up < 0 ? 0 : depth[up - first] + 1;
    spans.push(traceSpan(dataset, first, first + i, depth[i]));
  }
  return {
    trace,
    traceId: traceIdText(table, trace),
    startedAt: startedAt(table, trace),
    totalMs: toMilliseconds(traces.total[trace]),
    spans,
    spanCount,
  };
}

function traceSpan(
  { table, windows: times, accounts, walked, hops }: Classified,
  root: number,
  row: number,
  depth: number,
): TraceSpan {
  const { strings } = table.attributes;
  const zero = times.start[root];
  const service = accounts.serviceHop[table.resource[row]];
  const isAdopted = (table.flags[row] & SpanFlag.adopted) !== 0;
  const shift = times.start[row] - table.start[row];
  const { name, time, shape, offset } = table.events;
  const [from, to] = itemsOf(table.events, row);
  return {
    name: strings.text(table.name[row]),
    service: accounts.hopNames[service],
    layer: hops.layer[service],
    depth,
    startMs: toMilliseconds(times.start[row] - zero),
    durationMs: toMilliseconds(times.end[row] - times.start[row]),
    pathMs: toMilliseconds(walked.windows.pathTime[row - root]),
    isError: table.status[row] === StatusCode.error,
    statusMessage: strings.text(table.statusMessage.get(row) ?? 0),
    isDashed: isAdopted || walked.windows.visited[row - root] === 0,
    isSkewCorrected: shift !== 0,
    attributes: attributeTexts(table.attributes, table.shape[row], table.offset[row]),
    // Events move with their span.
    events: Array.from({ length: Math.min(to - from, EVENTS_SHOWN) }, (_, i) => ({
      name: strings.text(name[from + i]),
      atMs: toMilliseconds(time[from + i] + shift - zero),
      attributes: attributeTexts(table.attributes, shape[from + i], offset[from + i]),
    })),
    eventCount: to - from,
  };
}

function attributeTexts(attributes: Attributes, shape: number, offset: number): AttributeTexts {
  return attributeList(attributes, shape, offset).map(({ key, value }) => [key, String(value)] as const);
}
