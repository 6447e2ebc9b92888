import { useMemo } from 'react';
import { ambiguousNames } from '../../base/ambiguousNames.ts';
import { formatInteger, formatPercentile } from '../../base/format.ts';
import type { Fraction } from '../../base/units.ts';
import { shownName } from '../../layout/text.ts';
import { keyed } from '../parts/keyed.ts';
import pane from '../parts/pane.module.css';
import { VirtualListbox } from '../parts/VirtualListbox.tsx';
import { nameBefore } from '../parts/words.ts';
import styles from './compare.module.css';
import { compare } from './compareStore.ts';
import { beforeAfter, changeText, pathName, shortJudgement } from './compareWords.ts';
import { OverallChanges } from './OverallChanges.tsx';
import { PathChange } from './PathChange.tsx';
import { saveBridge } from './saveBridge.ts';
import { offeredPercentiles, type Shown } from './shown.ts';

const ROW_HEIGHT = 52;

/** The compared paths at the left, what changed in the chosen one at the right. */
export function CompareResult({ shown }: { readonly shown: Shown }) {
  const { diff, issues, path } = shown;
  const { choosePath, chooseAgain, announce, fail } = compare.getState();
  const ambiguous = useMemo(() => ambiguousNames(diff.paths), [diff]);
  const chosen = diff.paths[path];
  const onExport = (): void => {
    if (chosen !== undefined)
      saveBridge(chosen, diff.percentile).then(announce, (error: unknown) => fail('It could not be exported', error));
  };
  return (
    <>
      <div className={styles.tools}>
        <Percentiles offered={offeredPercentiles(shown)} percentile={diff.percentile} />
        <button type="button" className={styles.button} onClick={() => chooseAgain(true)}>
          Compare others…
        </button>
        <button type="button" className={styles.button} disabled={chosen === undefined} onClick={onExport}>
          Export SVG
        </button>
      </div>
      {issues.length > 0 && (
        <ul className={styles.issues} aria-label="What was wrong with the files">
          {keyed(issues, ({ message }) => message).map(({ key, item }) => (
            <li key={key}>
              {item.message}
              {item.count > 1 && item.code !== 'many-paths' && ` (${formatInteger(item.count)} times)`}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.panes}>
        <nav className={styles.paths} aria-label="Compared paths">
          <h3 className={`${pane.heading} ${styles.heading}`}>Compared paths · {formatInteger(diff.paths.length)}</h3>
          <VirtualListbox
            label="Compared paths"
            className={styles.list}
            count={diff.paths.length}
            rowHeight={ROW_HEIGHT}
            selected={path}
            onSelect={choosePath}
            hasFocus
            nameOf={(index) => pathName(diff.paths[index], ambiguous.has(diff.paths[index].name))}
          >
            {(index) => {
              const { name, entry, total, structure } = diff.paths[index];
              return (
                <div className={styles.row} title={`${nameBefore(name)}, enters at ${shownName(entry)}`}>
                  <div className={styles.line}>
                    <span className={styles.name}>{shownName(name)}</span>
                    <strong>{changeText(total)}</strong>
                  </div>
                  <div className={`${styles.line} ${styles.small}`}>
                    <span className={styles.name} data-verdict={total.verdict}>
                      {shortJudgement(total)}
                      {structure.length > 0 && ' · new shape'}
                    </span>
                    <span>{beforeAfter(total)}</span>
                  </div>
                </div>
              );
            }}
          </VirtualListbox>
          <OverallChanges diff={diff} isPartial={issues.some(({ code }) => code === 'many-paths')} />
        </nav>
        {chosen === undefined ? (
          <p className={styles.none}>No request path is in both: there is nothing to compare hop by hop.</p>
        ) : (
          <PathChange diff={chosen} percentile={diff.percentile} />
        )}
      </div>
    </>
  );
}

interface PercentilesProps {
  readonly offered: readonly Fraction[];
  readonly percentile: Fraction;
}

function Percentiles({ offered, percentile }: PercentilesProps) {
  return (
    <fieldset className={styles.percentiles} aria-label="Percentile">
      {offered.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === percentile}
          onClick={() => void compare.getState().setPercentile(each)}
        >
          {formatPercentile(each)}
        </button>
      ))}
    </fieldset>
  );
}
