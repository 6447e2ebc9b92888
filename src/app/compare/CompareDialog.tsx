import { useState } from 'react';
import { formatPercent } from '../../base/format.ts';
import hidden from '../parts/hidden.module.css';
import { Modal } from '../parts/Modal.tsx';
import { countText, nameBefore } from '../parts/words.ts';
import styles from './compare.module.css';
import { CompareForm, type Stretches } from './CompareForm.tsx';
import { CompareResult } from './CompareResult.tsx';
import { compare, useCompare, type CompareState } from './compareStore.ts';
import { statusText } from './compareWords.ts';
import { focusOn } from './focusOn.ts';

/** First what to compare with, then what is different. Esc leaves it, and what is open is as it was. */
export function CompareDialog() {
  const state = useCompare((state) => state);
  const { shown, reading, failure, close } = state;
  // Kept here, so that what was typed is still there after an error.
  const [wish, setWish] = useState<Stretches | null>(null);
  const title =
    shown === null ? 'Compare' : `Compare: ${nameBefore(shown.sides.before)} → ${nameBefore(shown.sides.after)}`;
  return (
    <Modal title={title} isWide={shown !== null} onClose={close}>
      {shown !== null && <CompareResult shown={shown} />}
      {shown === null && reading !== null && <Reading reading={reading} />}
      {shown === null && reading === null && <CompareForm wish={wish} onWish={setWish} />}
      {failure !== null && (
        <div className={styles.failure} role="alert">
          <strong>This could not be compared</strong>
          <p>{failure}</p>
        </div>
      )}
      <output className={hidden.visually}>{statusText(state)}</output>
    </Modal>
  );
}

function Reading({ reading: { label, progress } }: { readonly reading: NonNullable<CompareState['reading']> }) {
  const isReading = progress?.stage === 'reading' && progress.bytesTotal > 0;
  const part = isReading ? Math.min(1, progress.bytesRead / progress.bytesTotal) : undefined;
  return (
    <section className={styles.reading} aria-label="Reading files">
      <p>
        {isReading ? 'Reading' : 'Comparing'} {isReading ? progress.source : label}
      </p>
      <progress className={styles.progress} aria-label={`Reading ${label}`} value={part} max={1} />
      <p className={styles.dim}>
        {part !== undefined && `${formatPercent(part)} · `}
        {progress !== null && countText(progress.spans, 'span')}
      </p>
      <button ref={focusOn} type="button" className={styles.button} onClick={compare.getState().chooseAgain}>
        Cancel
      </button>
    </section>
  );
}
