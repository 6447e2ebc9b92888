import { formatBytes, formatCount, formatInteger, UNMEASURED } from '../../base/format.ts';
import { leftToRight } from '../../base/leftToRight.ts';
import type { Hop, PathView, RequestPath } from '../../analyse/model.ts';
import { shownName } from '../../layout/text.ts';
import pane from '../parts/pane.module.css';
import { briefEstimate, estimateText, nameBefore, unitOf, type Unit } from '../parts/words.ts';
import { keyOf } from '../state/selectors.ts';
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
  type FigureRow,
} from './DetailParts.tsx';

interface Props {
  readonly path: RequestPath;
  readonly view: PathView;
  readonly hop: Hop;
  readonly index: number;
}

export function HopDetails({ path, view, hop, index }: Props) {
  const columns = percentileColumns(path, view);
  const unit = unitOf(path);
  const estimate = view.hops[index];
  const key = keyOf(view.percentile);
  const [name, ...rest] = shownName(hop.id).split(' · ');
  return (
    <>
      <DetailsHead kind="Selected hop" />
      <p className={styles.name}>
        {leftToRight(name)}
        {rest.length > 0 && <span> · {rest.join(' · ')}</span>}
        {hop.role !== null && <span> · {hop.role}</span>}
      </p>
      <p className={styles.facts}>
        {[hop.layer, ...(hop.runtime === null ? [] : [nameBefore(hop.runtime)]), reach(path, hop)].join(' · ')}
      </p>
      <p className={styles.why}>{hop.layerReason}</p>
      {hop.memory && (
        <p className={styles.note} title={hop.memory.gauge}>
          memory peak {formatBytes(hop.memory.bytes)} / pod · {formatInteger(hop.memory.pods)}{' '}
          {hop.memory.pods === 1 ? 'pod' : 'pods'}
        </p>
      )}
      {hop.summarised !== undefined && (
        <p className={styles.note}>
          {formatCount(hop.summarised)} of its spans a request were summarised: the sum of their times counts.
        </p>
      )}
      {hop.isAsync ? (
        <p className={styles.note}>Only asynchronous spans reach it: it has no part in the total.</p>
      ) : (
        <>
          <ShareFigure type="hops" index={index} view={view} />
          <VerdictLine
            view={view}
            verdict={estimate.verdict}
            ms={estimate.ownMs}
            budgetMs={key === null ? undefined : hop.budget[key]}
          />
          <FigureTable columns={columns} unit={unit} view={view} rows={toRows(path, hop, index, columns, unit)} />
        </>
      )}
      {hop.operations.length > 0 && (
        <section className={styles.section}>
          <h3 className={pane.heading}>Operations, p50</h3>
          <ul className={styles.rows}>
            {hop.operations.map(({ name, shareMs, visits }) => (
              <li key={name} className={styles.row}>
                <span title={shownName(name)}>{shownName(name)}</span>
                {visits >= 1.05 && <span className={styles.dim}>×{formatCount(visits)}</span>}
                <span>{briefEstimate(shareMs, path.at.p50.isResolved, unit)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Exemplars columns={columns} unit={unit} />
      {!hop.isAsync && <BudgetEditor key={hop.id} path={path} part={{ type: 'hop', id: hop.id }} name="Budget" />}
    </>
  );
}

function reach(path: RequestPath, { traces, visits }: Hop): string {
  const times = visits >= 1.05 ? `, ×${formatCount(visits)}` : '';
  if (traces === path.traces) return `reached by all requests${times}`;
  return `reached by ${formatInteger(traces)} of ${formatInteger(path.traces)} traces${times}`;
}

function toRows(path: RequestPath, hop: Hop, index: number, columns: readonly PathView[], unit: Unit): FigureRow[] {
  const estimates = columns.map(({ hops }) => hops[index]);
  return [
    ...estimateRows(columns, estimates, hop.budget, unit),
    { name: 'boundary', cells: columns.map((view) => boundaryShare(path, hop, view, unit)) },
  ];
}

/** What the measured lines into this hop add to the total. */
function boundaryShare(path: RequestPath, hop: Hop, view: PathView, unit: Unit): string {
  const into = path.boundaries.flatMap(({ to, isMeasured }, i) =>
    to === hop.id && isMeasured ? [view.boundaries[i].shareMs] : [],
  );
  return into.length === 0
    ? UNMEASURED
    : estimateText(
        into.reduce((sum, ms) => sum + ms, 0),
        view.isResolved,
        unit,
      );
}
