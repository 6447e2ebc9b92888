import { useMemo } from 'react';
import { formatInteger, formatPercent } from '../../base/format.ts';
import { ambiguousNames } from '../../base/ambiguousNames.ts';
import type { RequestPath } from '../../analyse/model.ts';
import { shownName } from '../../layout/text.ts';
import pane from '../parts/pane.module.css';
import { VERDICT_WORDS, VerdictMark } from '../parts/VerdictMark.tsx';
import { VirtualListbox } from '../parts/VirtualListbox.tsx';
import { briefEstimate, count, fullEstimate, nameBefore, unitOf } from '../parts/words.ts';
import { worstVerdict } from '../state/budgets.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import { Glance } from './Glance.tsx';
import styles from './PathsPane.module.css';

const ROW_HEIGHT = 52;
const NO_PATHS: readonly RequestPath[] = [];

export function PathsPane() {
  const paths = useHopline(({ opened }) => opened?.paths ?? NO_PATHS);
  const path = useHopline(currentPath);
  const choosePath = useHopline(({ choosePath }) => choosePath);
  const verdicts = useMemo(() => paths.map(worstVerdict), [paths]);
  const names = useMemo(() => ambiguousNames(paths), [paths]);

  return (
    <nav className={styles.pane} aria-label="Request paths and the dataset">
      <h2 className={`${pane.heading} ${styles.heading}`}>
        Request paths{paths.length > 6 && ` · ${formatInteger(paths.length)}`}
      </h2>
      <VirtualListbox
        label="Request paths"
        className={styles.list}
        count={paths.length}
        rowHeight={ROW_HEIGHT}
        selected={path === null ? -1 : paths.indexOf(path)}
        onSelect={(index) => choosePath(paths[index])}
        nameOf={(index) => nameOf(paths[index], VERDICT_WORDS[verdicts[index] ?? 'none'], names)}
      >
        {(index) => {
          const { name, entry, at, traces, errors, requests } = paths[index];
          const unit = unitOf(paths[index]);
          return (
            <div className={styles.row} title={`${nameBefore(name)}, enters at ${shownName(entry)}`}>
              <div className={styles.line}>
                <VerdictMark verdict={verdicts[index]} isSilent />
                <span className={styles.name}>{shownName(name)}</span>
                <strong>{briefEstimate(at.p50.totalMs, at.p50.isResolved, unit)}</strong>
              </div>
              <div className={styles.line}>
                <span className={styles.figures}>
                  {names.has(name) && `${nameBefore(entry)} · `}
                  {formatInteger(traces)} · {errors > 0 ? formatPercent(errors / requests) : '0%'} err
                </span>
                <span className={styles.tail}>p99 {briefEstimate(at.p99.totalMs, at.p99.isResolved, unit)}</span>
              </div>
            </div>
          );
        }}
      </VirtualListbox>
      <Glance />
    </nav>
  );
}

function nameOf(path: RequestPath, budget: string, ambiguous: ReadonlySet<string>): string {
  const { name, entry, at, traces, errors, requests } = path;
  const unit = unitOf(path);
  return [
    ambiguous.has(name) ? `${shownName(name)} from ${shownName(entry)}` : shownName(name),
    budget,
    `p50 ${fullEstimate(at.p50.totalMs, at.p50.isResolved, unit)}`,
    `p99 ${fullEstimate(at.p99.totalMs, at.p99.isResolved, unit)}`,
    `${formatInteger(traces)} ${count(traces, 'trace')}`,
    `${formatPercent(errors / requests)} errors`,
  ].join(', ');
}
