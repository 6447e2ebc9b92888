import type { Change, Diff, PathDiff, PathPresence, Shift } from '../analyse/diff/model.ts';
import { isProven } from '../analyse/diff/diffFinding.ts';
import { formatPercent, formatPercentile, formatPreciseMs } from '../base/format.ts';
import { rangeWords, signedMs, verdictWords } from '../layout/changeWords.ts';
import { structureWords } from '../layout/structureWords.ts';
import { cut, table, type Column } from './table.ts';
import { printable } from './terminal.ts';

/** Cells of a terminal that a name may take. */
const NAME_WIDTH = 44;

/** A comparison as headings, sentences and tables; text and Markdown differ in how these are written. */
type Block =
  | { readonly heading: string }
  | { readonly lines: readonly string[] }
  | { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

/**
 * The comparison for people: all paths in one table, then hop by hop those where something changed, or the only one.
 *
 *     request path      share of requests  before  after  change   95 % interval
 *     GET /catalog/:id  14.7% → 14.7%          47   50.6    +3.6  +2.9 to +4.3    ▲ slower
 */
export function diffText(diff: Diff): string {
  const blocks = blocksOf(diff).map((block) => {
    if ('heading' in block) return [printable(block.heading)];
    if ('lines' in block) return block.lines.map(printable);
    return table(
      block.columns,
      block.rows.map((cells) => cells.map((cell) => cut(printable(cell), NAME_WIDTH))),
    );
  });
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The same for a pull request's comment. */
export function diffMarkdown(diff: Diff): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  const blocks = blocksOf(diff).map((block) => {
    if ('heading' in block) return [`### ${markdownText(block.heading)}`];
    if ('lines' in block) return block.lines.map((line) => `- ${markdownText(line)}`);
    const rule = block.columns.map(({ isRight }) => (isRight === true ? '---:' : '---'));
    return [row(block.columns.map(({ heading }) => heading)), `| ${rule.join(' | ')} |`, ...block.rows.map(row)];
  });
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Names come from files: they are text in a table's cell, never markup. */
function markdownText(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>|~#@!&]/g, '\\$&')
    .replaceAll('://', ':\\//');
}

const NUMBERS: readonly Column[] = [
  { heading: 'before', isRight: true },
  { heading: 'after', isRight: true },
  { heading: 'change', isRight: true },
  { heading: '95 % interval', isRight: true },
  { heading: '' },
];

function blocksOf(diff: Diff): Block[] {
  const { overall, paths, newPaths, gonePaths } = diff;
  const at = formatPercentile(diff.percentile);
  const isOnly = paths.length === 1;
  const isNothing = !isOnly && newPaths.length + gonePaths.length === 0 && !paths.some(hasChanged);
  return [
    { heading: `${at} before and after, ms` },
    {
      columns: [{ heading: 'request path' }, { heading: 'share of requests' }, ...NUMBERS],
      rows: [
        ...paths.map((path) => [
          path.name,
          `${formatPercent(path.before.share)} → ${formatPercent(path.after.share)}`,
          ...numbers(path.total),
        ]),
        ['all requests', '', ...numbers(overall.total)],
        ['  within the paths', '', '', '', ...shiftNumbers(overall.within)],
        ['  by the mix of paths', '', '', '', ...shiftNumbers(overall.mix)],
      ],
    },
    ...presence('New request paths', newPaths),
    ...presence('Gone request paths', gonePaths),
    ...paths.filter((path) => isOnly || hasChanged(path)).flatMap(pathBlocks),
    ...(isNothing ? [{ lines: ['Nothing changed: no difference is more than chance makes.'] }] : []),
  ];
}

function presence(heading: string, paths: readonly PathPresence[]): Block[] {
  if (paths.length === 0) return [];
  const lines = paths.map(
    ({ name, entry, traffic }) => `${name}, entered at ${entry}: ${formatPercent(traffic.share)} of requests`,
  );
  return [{ heading }, { lines }];
}

function hasChanged({ total, parts, structure }: PathDiff): boolean {
  return structure.length > 0 || [total, ...parts].some(isProven);
}

function pathBlocks(path: PathDiff): Block[] {
  const { name, finding, structure, rare, parts, total } = path;
  return [
    { heading: name },
    {
      lines: [
        ...finding,
        ...structure.map(structureWords),
        ...rare.map((change) => `${structureWords(change)} But so seldom that chance explains it.`),
      ],
    },
    {
      columns: [{ heading: 'layer' }, { heading: 'hop or boundary' }, ...NUMBERS],
      rows: [
        ...parts.map((part) => [
          part.of === 'hop' ? part.layer : '',
          part.name,
          ...numbers(part, part.presence === 'both' ? undefined : part.presence),
        ]),
        ['total', '', ...numbers(total)],
      ],
    },
  ];
}

function numbers(change: Change, words?: string): string[] {
  const { beforeMs, afterMs, verdict } = change;
  const unsure = verdict === 'insufficient' && words === undefined ? '~' : '';
  return [unsure + formatPreciseMs(beforeMs), unsure + formatPreciseMs(afterMs), ...shiftNumbers(change, words)];
}

function shiftNumbers(shift: Shift, words?: string): string[] {
  return [signedMs(shift.changeMs), rangeWords(shift), words ?? verdictWords(shift.verdict)];
}
