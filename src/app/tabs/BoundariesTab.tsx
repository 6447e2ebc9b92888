import { formatInteger, formatPercentile, UNMEASURED } from '../../base/format.ts';
import { PERCENTILE_KEYS } from '../../config/percentiles.ts';
import { amountsOf } from '../../base/amounts.ts';
import { shownName } from '../../layout/text.ts';
import { briefEstimate, lineName, shareText, unitOf } from '../parts/words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { selectedPart } from '../state/selectors.ts';
import { useShown } from '../state/useShown.ts';
import { More, useLimit } from './More.tsx';
import styles from './table.module.css';
import { useArrowKeys } from './useArrowKeys.ts';

export function BoundariesTab() {
  const shown = useShown();
  const selection = useHopline(({ selection }) => selection);
  const select = useHopline(({ select }) => select);
  const [limit, more] = useLimit();
  const stop = useArrowKeys(Math.min(limit, shown?.path.boundaries.length ?? 0));
  if (shown === null) return null;
  const { path, view } = shown;
  if (path.boundaries.length === 0)
    return <p className={styles.empty}>Every span of this path is on one hop: there is no boundary.</p>;
  const part = selectedPart(path, view, selection);
  const amounts = amountsOf(view);
  const chosen = part?.type === 'boundary' ? part.index : -1;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.words}>
              from → to
            </th>
            <th scope="col" className={styles.words}>
              protocol
            </th>
            <th scope="col" className={styles.words}>
              measured
            </th>
            <th scope="col">share {formatPercentile(view.percentile)}</th>
            {PERCENTILE_KEYS.map((key) => (
              <th key={key} scope="col">
                own {key}
              </th>
            ))}
            <th scope="col">traces</th>
          </tr>
        </thead>
        <tbody>
          {path.boundaries.slice(0, limit).map(({ from, to, protocol, isMeasured, isAsync, isAdopted, traces }, i) => (
            <tr key={`${from}\n${to}`} aria-current={i === chosen}>
              <th scope="row" className={styles.long} title={lineName(from, to)}>
                <button
                  type="button"
                  {...stop(i)}
                  className={styles.open}
                  onClick={() => select({ type: 'boundary', from, to })}
                >
                  {lineName(from, to)}
                </button>
              </th>
              <td className={styles.words}>{protocol === null ? UNMEASURED : shownName(protocol)}</td>
              <td className={styles.words}>
                {isMeasured ? 'client less server' : 'no, one side left no span'}
                {isAsync && ', asynchronous'}
                {isAdopted && ', orphans'}
              </td>
              <td>{isMeasured ? `${shareText('boundaries', i, view, amounts)} ${amounts.scale.unit}` : UNMEASURED}</td>
              {PERCENTILE_KEYS.map((key) => {
                const estimate = path.at[key].boundaries[i];
                return (
                  <td key={key} data-is-over={estimate.verdict === 'over'}>
                    {briefEstimate(estimate.ownMs, estimate.isOwnResolved, unitOf(path))}
                  </td>
                );
              })}
              <td>{formatInteger(traces)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={limit} total={path.boundaries.length} onMore={more} />
    </>
  );
}
