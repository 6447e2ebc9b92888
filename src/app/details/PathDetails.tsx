import { formatInteger, formatPercentile, UNMEASURED } from '../../base/format.ts';
import type { Estimate, PathView, RequestPath } from '../../analyse/model.ts';
import { shownName } from '../../layout/text.ts';
import { count, estimateText, intervalText, nameBefore, totalText, unitOf, type Unit } from '../parts/words.ts';
import { keyOf } from '../state/selectors.ts';
import { BudgetEditor } from './BudgetEditor.tsx';
import styles from './details.module.css';
import { DetailsHead, Exemplars, FigureTable, percentileColumns, VerdictLine, type FigureRow } from './DetailParts.tsx';

const WEIGHTING: Record<RequestPath['weighting'], string> = {
  weighted: 'every trace counts by its sampling threshold',
  unweighted: 'unweighted: no trace says how it was sampled',
  mixed: 'some traces say how they were sampled, the others count once',
};

export function PathDetails({ path, view }: { readonly path: RequestPath; readonly view: PathView }) {
  const columns = percentileColumns(path, view);
  const unit = unitOf(path);
  const key = keyOf(view.percentile);
  return (
    <>
      <DetailsHead kind="Request path" isClearable={false} />
      <p className={styles.name}>{shownName(path.name)}</p>
      <p className={styles.facts}>
        enters at {nameBefore(path.entry)} · {formatInteger(path.traces)} {count(path.traces, 'trace')}
      </p>
      <p className={styles.why}>{WEIGHTING[path.weighting]}</p>
      <p className={styles.figure}>
        <strong>{totalText(view)}</strong>
        <span>in total at {formatPercentile(view.percentile)}</span>
      </p>
      <VerdictLine
        view={view}
        verdict={view.verdict}
        ms={view.totalMs}
        budgetMs={key === null ? undefined : path.ceiling[key]}
      />
      <FigureTable columns={columns} unit={unit} view={view} rows={toRows(path, columns, unit)} />
      <p className={styles.note}>Choose a hop or a boundary in the picture for its own figures.</p>
      <Exemplars columns={columns} unit={unit} />
      <BudgetEditor key={`${path.entry}\n${path.name}`} path={path} part={null} name="Ceiling" />
    </>
  );
}

function toRows(path: RequestPath, columns: readonly PathView[], unit: Unit): FigureRow[] {
  return [
    { name: 'hops', cells: columns.map(({ hops, isResolved }) => estimateText(sum(hops), isResolved, unit)) },
    {
      name: 'boundaries',
      cells: columns.map(({ boundaries, isResolved }) =>
        path.boundaries.some(({ isMeasured }) => isMeasured)
          ? estimateText(sum(boundaries), isResolved, unit)
          : UNMEASURED,
      ),
    },
    {
      name: 'total',
      cells: columns.map(({ totalMs, isResolved }) => estimateText(totalMs, isResolved, unit)),
      over: columns.map(({ verdict }) => verdict === 'over'),
    },
    { name: '95% interval', cells: columns.map(({ interval }) => intervalText(interval, unit)), isInterval: true },
  ];
}

function sum(estimates: readonly Estimate[]): number {
  return estimates.reduce((total, { shareMs }) => total + shareMs, 0);
}
