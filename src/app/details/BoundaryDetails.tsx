import { formatInteger } from '../../base/format.ts';
import type { Boundary, PathView, RequestPath } from '../../analyse/model.ts';
import { shownName } from '../../layout/text.ts';
import { countText, nameBefore, unitOf } from '../parts/words.ts';
import { keyOf } from '../state/selectors.ts';
import { useHopline } from '../state/hoplineStore.ts';
import pane from '../parts/pane.module.css';
import { BudgetEditor } from './BudgetEditor.tsx';
import styles from './details.module.css';
import {
  DetailsHead,
  estimateRows,
  Exemplars,
  FigureTable,
  percentileColumns,
  ShareFigure,
  VerdictLine,
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
  const rows = estimateRows(
    columns,
    columns.map(({ boundaries }) => boundaries[index]),
    boundary.budget,
    unit,
  );
  const key = keyOf(view.percentile);
  const { from, to, protocol, traces, budget } = boundary;
  return (
    <>
      <DetailsHead kind="Selected boundary" />
      <p className={styles.name}>
        {nameBefore(from)} <span>→</span> {shownName(to)}
      </p>
      <p className={styles.facts}>
        {[
          protocol === null ? 'protocol unknown' : nameBefore(protocol),
          `crossed by ${formatInteger(traces)} of ${countText(path.traces, 'trace')}`,
        ].join(' · ')}
      </p>
      <p className={styles.why}>{explain(boundary)}</p>
      {boundary.isMeasured && !boundary.isAsync && (
        <>
          <ShareFigure type="boundaries" index={index} view={view} />
          <VerdictLine
            view={view}
            verdict={estimate.verdict}
            ms={estimate.ownMs}
            budgetMs={key === null ? undefined : budget[key]}
          />
          <FigureTable columns={columns} unit={unit} view={view} rows={rows} />
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
