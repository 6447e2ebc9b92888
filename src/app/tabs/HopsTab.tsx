import { memo } from 'react';
import { formatCount, formatInteger, formatPercent, formatPercentile, UNMEASURED } from '../../base/format.ts';
import type { Hop, RequestPath } from '../../analyse/model.ts';
import { PERCENTILE_KEYS } from '../../config/percentiles.ts';
import { amountsOf, printQuanta, printUnsure } from '../../base/amounts.ts';
import { shownName } from '../../layout/text.ts';
import { VERDICT_WORDS, VerdictMark } from '../parts/VerdictMark.tsx';
import { boundText, briefEstimate, shareText, totalText, unitOf } from '../parts/words.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { selectedPart } from '../state/selectors.ts';
import { useShown } from '../state/useShown.ts';
import { More, useLimit } from './More.tsx';
import styles from './table.module.css';
import { useArrowKeys } from './useArrowKeys.ts';

/** The picture as a table: what a screen reader reads instead of boxes, and what adds up below. */
export function HopsTab() {
  const shown = useShown();
  const selection = useHopline(({ selection }) => selection);
  const [limit, more] = useLimit();
  const stop = useArrowKeys(Math.min(limit, shown?.path.hops.length ?? 0));
  if (shown === null) return null;
  const { path, view } = shown;
  const part = selectedPart(path, view, selection);
  const chosen = part?.type === 'hop' ? part.index : -1;
  const name = formatPercentile(view.percentile);
  const amounts = amountsOf(view);
  const { unit } = amounts.scale;
  const boundaries = amounts.boundaries.reduce((sum, quanta) => sum + quanta, 0);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.words}>
              hop
            </th>
            <th scope="col" className={styles.words}>
              layer
            </th>
            <th scope="col" className={styles.words}>
              runtime
            </th>
            <th scope="col">share {name}</th>
            <th scope="col">of total</th>
            {PERCENTILE_KEYS.map((key) => (
              <th key={key} scope="col">
                own {key}
              </th>
            ))}
            <th scope="col" className={styles.words}>
              budget
            </th>
            <th scope="col">visits</th>
            <th scope="col">traces</th>
          </tr>
        </thead>
        <tbody>
          {path.hops.slice(0, limit).map((hop, i) => {
            const { shareMs } = view.hops[i];
            return (
              <HopRow
                key={hop.id}
                path={path}
                hop={hop}
                index={i}
                share={hop.isAsync ? UNMEASURED : `${shareText('hops', i, view, amounts)} ${unit}`}
                ofTotal={hop.isAsync || view.totalMs === 0 ? UNMEASURED : formatPercent(shareMs / view.totalMs)}
                isChosen={i === chosen}
                stop={stop}
              />
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={styles.words} colSpan={3}>
              with {printUnsure(printQuanta(boundaries, amounts.scale), view.isResolved)} {unit} of boundaries, the
              total at {name}
            </th>
            <td>{totalText(view)}</td>
          </tr>
        </tfoot>
      </table>
      <More shown={limit} total={path.hops.length} onMore={more} />
    </>
  );
}

interface RowProps {
  readonly path: RequestPath;
  readonly hop: Hop;
  readonly index: number;
  /** At the shown percentile. */
  readonly share: string;
  readonly ofTotal: string;
  readonly isChosen: boolean;
  readonly stop: ReturnType<typeof useArrowKeys>;
}

/** Made again only where what it says changes: most rows stay while the percentile moves. */
const HopRow = memo(function HopRow({ path, hop, index, share, ofTotal, isChosen, stop }: RowProps) {
  const { id, layer, runtime, visits, traces, isAsync, budget } = hop;
  const { select } = hopline.getState();
  const verdicts = PERCENTILE_KEYS.flatMap((key) => {
    const verdict = path.at[key].hops[index].verdict;
    return verdict === undefined ? [] : [{ key, verdict, ms: budget[key] ?? 0 }];
  });
  return (
    <tr aria-current={isChosen}>
      <th scope="row" className={styles.long} title={shownName(id)}>
        <button type="button" {...stop(index)} className={styles.open} onClick={() => select({ type: 'hop', id })}>
          {shownName(id)}
        </button>
      </th>
      <td className={styles.words}>
        {layer}
        {isAsync && ', asynchronous'}
      </td>
      <td className={styles.words}>{runtime === null ? UNMEASURED : shownName(runtime)}</td>
      <td>{share}</td>
      <td>{ofTotal}</td>
      {PERCENTILE_KEYS.map((key) => {
        const estimate = path.at[key].hops[index];
        return (
          <td key={key} data-is-over={estimate.verdict === 'over'}>
            {briefEstimate(estimate.ownMs, estimate.isOwnResolved, unitOf(path))}
          </td>
        );
      })}
      <td className={styles.words}>
        {verdicts.length === 0
          ? UNMEASURED
          : verdicts.map(({ key, verdict, ms }) => (
              <span key={key}>
                <VerdictMark verdict={verdict} isSilent /> {key} ≤ {boundText(ms)}, {VERDICT_WORDS[verdict]}{' '}
              </span>
            ))}
      </td>
      <td>{formatCount(visits)}</td>
      <td>{formatInteger(traces)}</td>
    </tr>
  );
});
