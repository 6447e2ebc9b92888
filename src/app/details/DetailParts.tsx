import { X } from 'lucide-react';
import { formatPercent, formatPercentile, UNMEASURED } from '../../base/format.ts';
import type { Estimate, PathView, RequestPath, Verdict } from '../../analyse/model.ts';
import { shortTraceId } from '../../base/traceIds.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Budget } from '../../config/hoplineConfig.ts';
import { PERCENTILE_KEYS } from '../../config/percentiles.ts';
import { amountsOf, printMs, printQuanta, printUnsure, scaleFor } from '../../base/amounts.ts';
import pane from '../parts/pane.module.css';
import { VerdictMark } from '../parts/VerdictMark.tsx';
import {
  briefText,
  estimateText,
  figureText,
  intervalText,
  ownText,
  shareText,
  verdictText,
  type Unit,
} from '../parts/words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { keyOf } from '../state/selectors.ts';
import styles from './details.module.css';

/** What the three kinds of details share. */

export function DetailsHead({ kind, isClearable = true }: { readonly kind: string; readonly isClearable?: boolean }) {
  const select = useHopline(({ select }) => select);
  return (
    <div className={styles.top}>
      <h2 className={pane.heading}>{kind}</h2>
      {isClearable && (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the selection"
          title="Clear the selection (Esc)"
          onClick={() => select(null)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

interface VerdictLineProps {
  readonly view: PathView;
  readonly verdict: Verdict | undefined;
  readonly ms: Milliseconds | null;
  readonly budgetMs: Milliseconds | undefined;
}

/** "▲ 2 ms over its 16 ms budget"; nothing where there is no budget at this percentile. */
export function VerdictLine({ view, verdict, ms, budgetMs }: VerdictLineProps) {
  if (verdict === undefined || ms === null || budgetMs === undefined) return null;
  return (
    <p className={styles.verdict} data-verdict={verdict}>
      <VerdictMark verdict={verdict} isSilent />
      {verdictText(verdict, ms, budgetMs, scaleFor(view.totalMs))}
    </p>
  );
}

/** A row's cells stand under the columns of `percentileColumns`. */
export interface FigureRow {
  readonly name: string;
  readonly cells: readonly string[];
  readonly over?: readonly boolean[];
  readonly isInterval?: boolean;
}

/** p50, p95, p99, and the shown percentile where it is another. */
export function percentileColumns(path: RequestPath, view: PathView): PathView[] {
  const three = PERCENTILE_KEYS.map((key) => path.at[key]);
  return keyOf(view.percentile) === null ? [...three, view].sort((a, b) => a.percentile - b.percentile) : three;
}

/** What a hop and a boundary have: `estimates` stand as `columns` do. */
export function estimateRows(
  columns: readonly PathView[],
  estimates: readonly Estimate[],
  budget: Budget,
  unit: Unit,
): FigureRow[] {
  const budgets = columns.map(({ percentile }) => {
    const key = keyOf(percentile);
    return key === null ? undefined : budget[key];
  });
  const share = ({ shareMs }: Estimate, { totalMs }: PathView): string =>
    totalMs > 0 ? formatPercent(shareMs / totalMs) : UNMEASURED;
  return [
    {
      name: 'own time',
      cells: estimates.map((estimate) => ownText(estimate, unit)),
      over: estimates.map(({ verdict }) => verdict === 'over'),
    },
    { name: '95% interval', cells: estimates.map(({ interval }) => intervalText(interval, unit)), isInterval: true },
    { name: 'budget', cells: budgets.map((ms) => (ms === undefined ? UNMEASURED : printMs(ms, unit))) },
    { name: 'share', cells: estimates.map(({ shareMs }, i) => estimateText(shareMs, columns[i].isResolved, unit)) },
    { name: 'of total', cells: estimates.map((estimate, i) => share(estimate, columns[i])) },
  ];
}

export function FigureTable({
  columns,
  unit,
  view,
  rows,
}: {
  readonly columns: readonly PathView[];
  readonly unit: Unit;
  readonly view: PathView;
  readonly rows: readonly FigureRow[];
}) {
  // Letters of a row that the narrowest panel holds beside its name; an interval's are smaller.
  const isTight =
    columns.length > 3 || rows.some(({ cells, isInterval }) => cells.join('').length > (isInterval ? 20 : 18));
  return (
    <table className={styles.table} data-is-tight={isTight}>
      <thead>
        <tr>
          <th scope="col">{unit.unit}</th>
          {/* By place: the shown percentile's column stays one while it moves. */}
          {columns.map(({ percentile }, i) => (
            <th key={i} scope="col" data-is-current={percentile === view.percentile}>
              {formatPercentile(percentile)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells, over, isInterval }) => (
          <tr key={name} className={isInterval ? styles.interval : undefined}>
            <th scope="row">{name}</th>
            {cells.map((cell, i) => (
              <td key={i} data-is-over={over?.[i]}>
                {isInterval ? <Breakable interval={cell} /> : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An interval too wide for its column goes on below its dash. */
function Breakable({ interval }: { readonly interval: string }) {
  const [low, high] = interval.split('–');
  if (high === undefined) return low;
  return (
    <>
      {low}–<wbr />
      {high}
    </>
  );
}

/** Real traces that stand for a percentile; the list opens them. */
export function Exemplars({ columns, unit }: { readonly columns: readonly PathView[]; readonly unit: Unit }) {
  const showTrace = useHopline(({ showTrace }) => showTrace);
  const known = columns.flatMap((view) => {
    const { trace, traceId, totalMs } = view.exemplar ?? { trace: null, traceId: null, totalMs: 0 };
    return trace === null || traceId === null ? [] : [{ trace, traceId, ms: totalMs, percentile: view.percentile }];
  });
  if (known.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={pane.heading}>Exemplars</h3>
      <ul className={styles.rows}>
        {known.map(({ trace, traceId, ms, percentile }, i) => (
          <li key={i}>
            <button
              type="button"
              className={styles.row}
              aria-label={`Open trace ${traceId}, which stands for ${formatPercentile(percentile)}, ${figureText(ms, unit)} ${unit.unit} in total`}
              title={traceId}
              onClick={() => showTrace(trace)}
            >
              <span>{shortTraceId(traceId)}</span>
              <span className={styles.dim}>{formatPercentile(percentile)}</span>
              <span>{briefText(ms, unit, 1)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The large number: what this part adds to the total at the shown percentile, in the digits of the picture. */
export function ShareFigure({
  type,
  index,
  view,
}: {
  readonly type: 'hops' | 'boundaries';
  readonly index: number;
  readonly view: PathView;
}) {
  const amounts = amountsOf(view);
  const { shareMs } = view[type][index];
  return (
    <p className={styles.figure}>
      <strong>{shareText(type, index, view, amounts)}</strong>
      <span>
        {amounts.scale.unit} of {printUnsure(printQuanta(amounts.total, amounts.scale), view.isResolved)} at{' '}
        {formatPercentile(view.percentile)}
        {view.totalMs > 0 && ` · ${formatPercent(shareMs / view.totalMs)}`}
      </span>
    </p>
  );
}
