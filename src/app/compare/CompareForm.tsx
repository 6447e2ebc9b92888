import type { SubmitEvent } from 'react';
import { formatDurationText } from '../../base/format.ts';
import { pickFiles } from '../input/chooseFiles.ts';
import { countText } from '../parts/words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import styles from './compare.module.css';
import { compare, useCompare } from './compareStore.ts';
import { focusOn } from './focusOn.ts';
import { stretchHalves } from './stretchHalves.ts';

export interface Stretches {
  readonly before: string;
  readonly after: string;
}

interface Props {
  /** What was typed; null where nothing was yet. */
  readonly wish: Stretches | null;
  readonly onWish: (wish: Stretches) => void;
}

/** What to compare with: other files, or two stretches of what is open. */
export function CompareForm({ wish, onWish }: Props) {
  const opened = useHopline(({ opened }) => opened);
  const seconds = opened?.type === 'traces' ? opened.dataset.summary.seconds : 0;
  const stretches = wish ?? stretchHalves(seconds);
  const hasCompared = useCompare(({ shown }) => shown !== null);
  const { compareFiles, compareStretches, chooseAgain } = compare.getState();
  if (opened?.type !== 'traces') return null;
  const { traces } = opened.dataset.summary;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void compareStretches(stretches.before, stretches.after);
  };
  return (
    <div className={styles.choices}>
      <section className={styles.choice}>
        <h3>With other files</h3>
        <p className={styles.dim}>
          <b>{opened.label}</b> is before, the files are after. Choose them, or drop them here.
        </p>
        <button
          ref={focusOn}
          type="button"
          className={styles.main}
          onClick={() => pickFiles((files) => void compareFiles(files))}
        >
          Choose files…
        </button>
      </section>
      <form className={styles.choice} onSubmit={onSubmit}>
        <h3>Two stretches of {opened.label}</h3>
        <p className={styles.dim} id="stretches">
          By the start of each request: FROM..TO, each a duration after the first request (5m, 90s) or a date with its
          zone (2026-05-12T20:04:00Z); without one of them open at that end. {countText(traces, 'trace')}{' '}
          {traces === 1 ? 'starts' : 'start'} within {formatDurationText(seconds * 1000)}.
        </p>
        <div className={styles.fields}>
          {(['before', 'after'] as const).map((side) => (
            <label key={side}>
              {side === 'before' ? 'Before' : 'After'}
              <input
                type="text"
                required
                spellCheck={false}
                autoComplete="off"
                aria-describedby="stretches"
                value={stretches[side]}
                onChange={({ target }) => onWish({ ...stretches, [side]: target.value })}
              />
            </label>
          ))}
          <button type="submit" className={styles.button}>
            Compare stretches
          </button>
        </div>
      </form>
      {hasCompared && (
        <button type="button" className={`${styles.button} ${styles.back}`} onClick={() => chooseAgain(false)}>
          Back to what was compared
        </button>
      )}
    </div>
  );
}
