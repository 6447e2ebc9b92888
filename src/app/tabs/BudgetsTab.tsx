import { useMemo } from 'react';
import type { RequestPath } from '../../analyse/model.ts';
import { scaleFor } from '../../base/amounts.ts';
import { shownName } from '../../layout/text.ts';
import { VERDICT_WORDS, VerdictMark } from '../parts/VerdictMark.tsx';
import { boundText, fullEstimate, intervalText, lineName } from '../parts/words.ts';
import { judgements, type Judgement } from '../state/budgets.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import { More, useLimit } from './More.tsx';
import { sampleConfig } from './sampleConfig.ts';
import styles from './table.module.css';
import { useArrowKeys } from './useArrowKeys.ts';

const NO_PATHS: readonly RequestPath[] = [];

export function BudgetsTab() {
  const paths = useHopline(({ opened }) => opened?.paths ?? NO_PATHS);
  const path = useHopline(currentPath);
  const { choosePath, select } = hopline.getState();
  const rows = useMemo(
    () => paths.flatMap((path) => judgements(path).map((judgement) => ({ path, judgement }))),
    [paths],
  );
  const [limit, more] = useLimit();
  const stop = useArrowKeys(Math.min(limit, rows.length));
  if (rows.length === 0) return path === null ? null : <NoBudget path={path} />;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.words}>
              what
            </th>
            <th scope="col" className={styles.words}>
              path
            </th>
            <th scope="col" className={styles.words}>
              bound
            </th>
            <th scope="col">measured</th>
            <th scope="col">95% interval</th>
            <th scope="col" className={styles.words}>
              verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map(({ path: owner, judgement }, i) => {
            const { part, percentile, budgetMs, measuredMs, isResolved, interval, verdict } = judgement;
            // Its own, not the path’s: a budget of 5 ms may be one of a hop in a path of hours.
            const unit = scaleFor(measuredMs ?? 0);
            const what = whatOf(judgement);
            return (
              <tr key={`${owner.entry}\n${owner.name}\n${what}\n${percentile}`}>
                <th scope="row" className={styles.long} title={what}>
                  <button
                    type="button"
                    {...stop(i)}
                    className={styles.open}
                    onClick={() => {
                      choosePath(owner);
                      select(part);
                    }}
                  >
                    {what}
                  </button>
                </th>
                <td className={styles.long} title={shownName(owner.name)}>
                  {shownName(owner.name)}
                </td>
                <td className={styles.words}>
                  {percentile} ≤ {boundText(budgetMs)}
                </td>
                <td data-is-over={verdict === 'over'}>{fullEstimate(measuredMs, isResolved, unit)}</td>
                <td>{intervalText(interval, unit)}</td>
                <td className={styles.words} data-is-over={verdict === 'over'}>
                  <VerdictMark verdict={verdict} isSilent /> {VERDICT_WORDS[verdict]}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <More shown={limit} total={rows.length} onMore={more} />
    </>
  );
}

function whatOf({ part }: Judgement): string {
  if (part === null) return 'total';
  return part.type === 'hop' ? shownName(part.id) : lineName(part.from, part.to);
}

function NoBudget({ path }: { readonly path: RequestPath }) {
  const hasOthers = useHopline(({ opened }) => opened?.type === 'traces' && opened.dataset.unmatched.length > 0);
  return (
    <>
      <p className={styles.empty}>
        {hasOthers ? 'No budget of these request paths yet.' : 'No budget yet.'} Type one in the details of a hop, or
        drop a hopline.yaml on the page, such as this one, which asks for what was measured and a tenth more:
      </p>
      <pre className={styles.snippet}>{sampleConfig(path)}</pre>
    </>
  );
}
