import { amountsOf, printMs, printQuanta, printShare, printUnsure, type Amounts, type Scale } from '../base/amounts.ts';
import { formatBytes, formatCount, formatInteger, formatPercent, UNMEASURED } from '../base/format.ts';
import { placeText, type Issue } from '../base/issues.ts';
import type { Boundary, DatasetSummary, Hop, PathView, RequestPath, Verdict } from '../analyse/model.ts';
import type { Budget } from '../config/hoplineConfig.ts';
import { PERCENTILE_KEYS, type PercentileKey } from '../config/percentiles.ts';
import type { Dataset } from '../pipeline.ts';
import { printable } from './terminal.ts';
import { cut, table, type Column } from './table.ts';

/** More files than these are not read one by one. */
const LISTED_SOURCES = 20;
/** Cells of a terminal that a name may take. */
const NAME_WIDTH = 44;
/** One unit for all of a table. */
const MS: Scale = { unit: 'ms', msPerUnit: 1, decimals: 1 };

/**
 * The analysis for people: the dataset in a few lines, then a table for each request path. Shares add up to the total
 * in every column; own time is what budgets are held against.
 *
 *     GET /catalog/:id
 *     entered at cf.workers · 4,805 traces · 173k requests · 2.9k/s · 0.003% errors
 *
 *                                         share, ms           own, ms
 *     layer     hop or boundary    visits  p50  p95  p99      p50  p95  p99   budgets
 *     edge      cf.workers              1    7   15   22        7   15   22   p50 8 ms: within
 *               → go.gateway · http        0.3  0.3  0.4      0.3  0.3  0.4
 *     …
 *     total                               47  112  180                        p99 180 ms: near
 */
export function* inspectText(
  dataset: Dataset,
  summary: DatasetSummary,
  paths: Iterable<RequestPath>,
): Generator<string> {
  yield block(datasetLines(dataset, summary));
  let isUnsure = false;
  for (const path of paths) {
    yield `\n${block(pathLines(path))}`;
    isUnsure ||= isAnyUnresolved(path);
  }
  if (isUnsure) yield `\n${block(['~ too few traces to tell this percentile'])}`;
}

function block(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function datasetLines({ sources, issues }: Dataset, summary: DatasetSummary): string[] {
  const counts = [
    counted(summary.spans, 'span'),
    counted(summary.traces, 'trace'),
    counted(summary.services.length, 'service'),
    ...(summary.regions > 0 ? [counted(summary.regions, 'region')] : []),
  ];
  const handled = summary.handledPerSecond === null ? [] : [`${formatCount(summary.handledPerSecond)}/s handled`];
  const runtimes = summary.runtimes.map(
    ({ runtime, handled: part }) => `${printable(runtime)} ${formatPercent(part / summary.handled)}`,
  );
  return [
    ...sourceLines(sources),
    [...counts, ...handled].join(' · '),
    ...(runtimes.length > 0 ? [`handled by ${runtimes.join(' · ')}`] : []),
    ...issues.map(issueLine),
  ];
}

/** A line a source; of many, a line a format. */
function sourceLines(sources: Dataset['sources']): string[] {
  if (sources.length <= LISTED_SOURCES) {
    return sources.map(
      ({ name, format, spans }) => `${printable(name)}: ${printable(format)}, ${counted(spans, 'span')}`,
    );
  }
  const formats = [...new Set(sources.map(({ format }) => format))];
  return formats.map((format) => {
    const of = sources.filter((source) => source.format === format);
    const spans = of.reduce((sum, source) => sum + source.spans, 0);
    return `${counted(of.length, 'source')}: ${printable(format)}, ${counted(spans, 'span')}`;
  });
}

/** `info: Spans that came more than once: counted once. (3 times, first at traces.jsonl, trace 0af7…)` */
function issueLine({ severity, message, count, firstAt }: Issue): string {
  const often = count > 1 ? `${formatInteger(count)} times` : '';
  const place = firstAt === null ? '' : `${count > 1 ? 'first at' : 'at'} ${printable(placeText(firstAt))}`;
  const where = [often, place].filter((part) => part !== '').join(', ');
  return `${severity}: ${printable(message)}${where === '' ? '' : ` (${where})`}`;
}

const COLUMNS: readonly Column[] = [
  { heading: 'layer' },
  { heading: 'hop or boundary' },
  { heading: 'visits', isRight: true },
  ...PERCENTILE_KEYS.map((key, index) => ({ heading: index === 0 ? `share ${key}` : key, isRight: true })),
  ...PERCENTILE_KEYS.map((key, index) => ({ heading: index === 0 ? `own ${key}` : key, isRight: true })),
  { heading: 'budgets' },
];

function pathLines(path: RequestPath): string[] {
  const amounts = PERCENTILE_KEYS.map((key) => amountsOf(path.at[key]));
  const total = [
    'total',
    '',
    '',
    ...PERCENTILE_KEYS.map((key, column) => totalText(path.at[key], amounts[column])),
    '',
    '',
    '',
  ];
  const rows = [
    ...path.hops.flatMap((hop, index) => [hopRow(path, amounts, hop, index), ...linesFrom(path, amounts, hop)]),
    [...total, budgetText(path.ceiling, (key) => path.at[key].verdict)],
  ];
  return [
    printable(path.name),
    facts(path).join(' · '),
    '',
    ...table(COLUMNS, rows),
    ...memoryLines(path),
    ...finding(path.at.p50),
  ];
}

function facts(path: RequestPath): string[] {
  const weighting = { weighted: [], unweighted: ['unweighted'], mixed: ['in part unweighted'] }[path.weighting];
  return [
    `entered at ${printable(path.entry)}`,
    counted(path.traces, 'trace'),
    `${formatCount(path.requests)} ${path.requests === 1 ? 'request' : 'requests'}`,
    ...(path.requestsPerSecond === null ? [] : [`${formatCount(path.requestsPerSecond)}/s`]),
    `${formatPercent(path.requests === 0 ? 0 : path.errors / path.requests)} errors`,
    ...weighting,
  ];
}

function hopRow(path: RequestPath, amounts: readonly Amounts[], hop: Hop, index: number): string[] {
  const runtime = hop.runtime === null ? '' : ` (${hop.runtime})`;
  const summarised = hop.summarised === undefined ? '' : ` (${formatCount(hop.summarised)} summarised)`;
  return [
    hop.layer,
    name(hop.id + runtime),
    `${formatCount(hop.visits)}${summarised}`,
    ...(hop.isAsync ? ['', '', 'async', '', '', ''] : figures(path, amounts, 'hops', index)),
    budgetText(hop.budget, (key) => path.at[key].hops[index]?.verdict),
  ];
}

function linesFrom(path: RequestPath, amounts: readonly Amounts[], hop: Hop): string[][] {
  return path.boundaries.flatMap((boundary, index) =>
    boundary.from === hop.id ? [boundaryRow(path, amounts, boundary, index)] : [],
  );
}

function boundaryRow(path: RequestPath, amounts: readonly Amounts[], boundary: Boundary, index: number): string[] {
  const protocol = boundary.protocol === null ? '' : ` · ${boundary.protocol}`;
  const unmeasured = [UNMEASURED, UNMEASURED, UNMEASURED];
  return [
    '',
    name(`→ ${boundary.to}${protocol}${boundary.isAsync ? ' · async' : ''}`),
    '',
    ...(boundary.isMeasured ? figures(path, amounts, 'boundaries', index) : [...unmeasured, ...unmeasured]),
    budgetText(boundary.budget, (key) => path.at[key].boundaries[index]?.verdict),
  ];
}

/** What a part adds to the totals, in the digits of the picture and of the finding; then its own time. */
function figures(
  { at }: RequestPath,
  amounts: readonly Amounts[],
  type: 'hops' | 'boundaries',
  index: number,
): string[] {
  const views = PERCENTILE_KEYS.map((key) => at[key]);
  const shares = views.map((view, column) => {
    const { scale, [type]: quanta } = amounts[column];
    const { shareMs } = view[type][index];
    return scale.unit === MS.unit ? printShare(quanta[index], shareMs, scale) : printMs(shareMs, MS);
  });
  const own = views.map((view) => {
    const { ownMs, isOwnResolved } = view[type][index];
    return ownMs === null ? UNMEASURED : printUnsure(printMs(ownMs, MS), isOwnResolved);
  });
  return [...shares, ...own];
}

function totalText(view: PathView, { scale, total }: Amounts): string {
  const text = scale.unit === MS.unit ? printQuanta(total, scale) : printMs(view.totalMs, MS);
  return printUnsure(text, view.isResolved);
}

/** `p50 16 ms: over`; several are apart by a comma. */
function budgetText(budget: Budget, verdictAt: (key: PercentileKey) => Verdict | undefined): string {
  return PERCENTILE_KEYS.flatMap((key) => {
    const bound = budget[key];
    if (bound === undefined) return [];
    const verdict = verdictAt(key);
    const words = verdict === 'over' ? '▲ over' : verdict === 'insufficient' ? 'too few traces to tell' : verdict;
    return [`${key} ${printMs(bound, MS)} ms${words === undefined ? '' : `: ${words}`}`];
  }).join(', ');
}

/** `memory peak per pod: go.gateway 120 MB, go.svc / catalog 340 MB (of 3 pods)`. */
function memoryLines({ hops }: RequestPath): string[] {
  const told = hops.flatMap(({ id, memory }) =>
    memory === undefined
      ? []
      : [`${printable(id)} ${formatBytes(memory.bytes)}${memory.pods === 1 ? '' : ` (of ${memory.pods} pods)`}`],
  );
  return told.length === 0 ? [] : ['', `memory peak per pod: ${told.join(', ')}`];
}

function finding({ finding: { headline, details } }: PathView): string[] {
  return headline.length === 0 ? [] : ['', printable(headline.join(' ')), printable(details.join(' '))];
}

function isAnyUnresolved({ at }: RequestPath): boolean {
  return PERCENTILE_KEYS.some(
    (key) => !at[key].isResolved || at[key].hops.some((hop) => hop.ownMs !== null && !hop.isOwnResolved),
  );
}

function name(text: string): string {
  return cut(printable(text), NAME_WIDTH);
}

function counted(count: number, what: string): string {
  return `${formatInteger(count)} ${what}${count === 1 ? '' : 's'}`;
}
