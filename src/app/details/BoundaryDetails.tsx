import { formatInteger, formatPercent, UNMEASURED } from '../../base/format.ts';
import type { Boundary, PathView, RequestPath } from '../../analyse/model.ts';
import { shownName } from '../../layout/text.ts';
import { figureText, intervalText, ownText, unitOf, type Unit } from '../parts/words.ts';
import { keyOf } from '../state/selectors.ts';
import { useHopline } from '../state/hoplineStore.ts';
import pane from '../parts/pane.module.css';
import { BudgetEditor } from './BudgetEditor.tsx';
import styles from './details.module.css';
import {
  DetailsHead,
  Exemplars,
  FigureTable,
  percentileColumns,
  ShareFigure,
  VerdictLine,
  type FigureRow,
} from './DetailParts.tsx';

interface Props {
  readonly path: RequestPath;
  readonly view: PathView;
  readonly boundary: Boundary;
  readonly index: number;
}

export function BoundaryDetails({ path, view, boundary, index }: Props) {
  const select = useHopline(({ select }) => select);
  const columns = percentileColumns(path, view);
  const unit = unitOf(path);
  const estimate = view.boundaries[index];
  const key = keyOf(view.percentile);
  const { from, to, protocol, traces, budget } = boundary;
  return (
    <>
      <DetailsHead kind="Selected boundary" />
      <p className={styles.name}>
        {shownName(from)} <span>→</span> {shownName(to)}
      </p>
      <p className={styles.facts}>
        {[
          protocol === null ? 'protocol unknown' : shownName(protocol),
          `crossed by ${formatInteger(traces)} of ${formatInteger(path.traces)} traces`,
        ].join(' · ')}
      </p>
      <p className={styles.why}>{explain(boundary)}</p>
      {boundary.isMeasured && !boundary.isAsync && (
        <>
          <ShareFigure type="boundaries" index={index} view={view} />
          <VerdictLine
            verdict={estimate.verdict}
            ms={estimate.ownMs}
            budgetMs={key === null ? undefined : budget[key]}
          />
          <FigureTable columns={columns} unit={unit} view={view} rows={toRows(boundary, index, columns, unit)} />
        </>
      )}
      <section className={styles.section}>
        <h3 className={pane.heading}>Between</h3>
        <ul className={styles.rows}>
          {[...new Set([from, to])].map((id) => (
            <li key={id}>
              <button type="button" className={styles.row} onClick={() => select({ type: 'hop', id })}>
                <span>{shownName(id)}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <Exemplars columns={columns} unit={unit} />
      {boundary.isMeasured && !boundary.isAsync && (
        <BudgetEditor key={`${from}\n${to}`} path={path} part={{ type: 'boundary', from, to }} name="Budget" />
      )}
    </>
  );
}

function explain({ isMeasured, isAsync, isAdopted }: Boundary): string {
  if (isAdopted)
    return 'Only orphans cross it: their parents are missing, and they were taken in by the root that they overlap.';
  if (isAsync) return 'Only asynchronous spans cross it: it has no part in the total.';
  if (isMeasured) return 'Measured: the time of the client span less that of the server span.';
  return 'Not measured: one side of the call left no span, so its cost is unknown, not zero.';
}

function toRows({ budget }: Boundary, index: number, columns: readonly PathView[], unit: Unit): FigureRow[] {
  const estimates = columns.map(({ boundaries }) => boundaries[index]);
  const budgets = columns.map(({ percentile }) => {
    const key = keyOf(percentile);
    return key === null ? undefined : budget[key];
  });
  return [
    {
      name: 'own time',
      cells: estimates.map((estimate) => ownText(estimate, unit)),
      over: estimates.map(({ verdict }) => verdict === 'over'),
    },
    { name: '95% interval', cells: estimates.map(({ interval }) => intervalText(interval, unit)), isInterval: true },
    { name: 'budget', cells: budgets.map((ms) => (ms === undefined ? UNMEASURED : figureText(ms, unit))) },
    { name: 'share', cells: estimates.map(({ shareMs }) => figureText(shareMs, unit)) },
    {
      name: 'of total',
      cells: columns.map(({ totalMs, boundaries }) =>
        totalMs > 0 ? formatPercent(boundaries[index].shareMs / totalMs) : UNMEASURED,
      ),
    },
  ];
}
