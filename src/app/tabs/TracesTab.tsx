import { useDeferredValue, useState } from 'react';
import { formatInteger } from '../../base/format.ts';
import { tellingTraceId } from '../../base/traceIds.ts';
import type { TraceOrder } from '../../protocol.ts';
import { shownName } from '../../layout/text.ts';
import { figureText, unitOf } from '../parts/words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import { More, useLimit } from './More.tsx';
import { startTexts } from './startTexts.ts';
import styles from './table.module.css';
import { useArrowKeys } from './useArrowKeys.ts';
import { useTraceRows } from './useTraceRows.ts';

export function TracesTab() {
  // With the picture, in a task of their own: to take the rows of another dataset out takes as long as to draw it.
  const opened = useDeferredValue(useHopline(({ opened }) => opened));
  const path = useDeferredValue(useHopline(currentPath));
  const showTrace = useHopline(({ showTrace }) => showTrace);
  const [order, setOrder] = useState<TraceOrder>('slowest');
  const [limit, more] = useLimit();
  const rows = useTraceRows(opened, path, order, limit);
  const stop = useArrowKeys(rows?.length ?? 0);

  if (opened?.type === 'diagram')
    return <p className={styles.empty}>A saved diagram holds no traces. Open the traces themselves to see them.</p>;
  if (rows === null || path === null) return <p className={styles.empty}>…</p>;
  const unit = unitOf(path);
  const starts = startTexts(rows.map(({ startedAt }) => startedAt));
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.words}>
              trace
            </th>
            <SortHeader
              name="start (UTC)"
              sort={order === 'first' ? 'ascending' : 'none'}
              onClick={() => setOrder('first')}
            />
            <SortHeader
              name="total"
              sort={order === 'slowest' ? 'descending' : order === 'fastest' ? 'ascending' : 'none'}
              onClick={() => setOrder(order === 'slowest' ? 'fastest' : 'slowest')}
            />
            <th scope="col">slowest hop</th>
            <th scope="col">spans</th>
            <SortHeader
              name="status"
              sort={order === 'errors' ? 'descending' : 'none'}
              onClick={() => setOrder('errors')}
            />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ trace, traceId, startedAt, totalMs, slowestHop, slowestHopMs, spans, isError, errorAt }, i) => (
            <tr key={trace}>
              <td className={styles.id}>
                <button
                  type="button"
                  {...stop(i)}
                  className={styles.open}
                  aria-label={`Open trace ${traceId}`}
                  title={traceId}
                  onClick={() => showTrace(trace)}
                >
                  {tellingTraceId(traceId)}
                </button>
              </td>
              <td title={startedAt}>{starts[i]}</td>
              <td>
                {figureText(totalMs, unit, 1)} {unit.unit}
              </td>
              <td>
                <Name>{slowestHop}</Name> {figureText(slowestHopMs, unit, 1)}
              </td>
              <td>{formatInteger(spans)}</td>
              <td>
                <Status isError={isError} errorAt={errorAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={Math.min(limit, path.traces)} total={path.traces} onMore={more} />
    </>
  );
}

interface SortHeaderProps {
  readonly name: string;
  readonly sort: 'ascending' | 'descending' | 'none';
  readonly onClick: () => void;
}

function SortHeader({ name, sort, onClick }: SortHeaderProps) {
  return (
    <th scope="col" aria-sort={sort}>
      <button type="button" className={styles.sort} onClick={onClick}>
        {name}
        <span aria-hidden="true">{{ ascending: ' ↑', descending: ' ↓', none: '' }[sort]}</span>
      </button>
    </th>
  );
}

/** A long one ends in dots, so that the columns beside it stay on the pane. */
function Name({ children }: { readonly children: string }) {
  return (
    <span className={styles.cut} title={shownName(children)}>
      {shownName(children)}
    </span>
  );
}

/** A request can succeed although something inside it failed. */
function Status({ isError, errorAt }: { readonly isError: boolean; readonly errorAt: string | null }) {
  if (!isError && errorAt === null) return 'ok';
  return (
    <>
      {!isError && 'ok · '}
      <span className={styles.bad}>
        {isError ? 'error' : 'error in'}
        {errorAt !== null && (
          <>
            {isError ? ' · ' : ' '}
            <Name>{errorAt}</Name>
          </>
        )}
      </span>
    </>
  );
}
