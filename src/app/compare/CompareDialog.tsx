import { X } from 'lucide-react';
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
  const { reading, close } = state;
  const shown = state.isChoosing ? null : state.shown;
  // Kept here, so that what was typed is still there after an error.
  const [wish, setWish] = useState<Stretches | null>(null);
  const title =
    shown === null ? 'Compare' : `Compare: ${nameBefore(shown.sides.before)} → ${nameBefore(shown.sides.after)}`;
  return (
    <Modal title={title} isWide={shown !== null} onClose={close}>
      {reading !== null && <Reading reading={reading} />}
      {shown === null && reading === null && <CompareForm wish={wish} onWish={setWish} />}
      <CompareFailure />
      {shown !== null && <CompareResult key={shown.id} shown={shown} />}
      <output className={hidden.visually}>{statusText(state)}</output>
    </Modal>
  );
}

/** Why it came to nothing: below the form, but above a comparison that is still there. */
function CompareFailure() {
  const failure = useCompare(({ failure }) => failure);
  if (failure === null) return null;
  return (
    <div className={styles.failure} role="alert">
      <div>
        <strong>{failure.title}</strong>
        <p>{failure.message}</p>
      </div>
      <button type="button" className={styles.dismiss} aria-label="Dismiss" onClick={compare.getState().dismissFailure}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
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
      <button ref={focusOn} type="button" className={styles.button} onClick={compare.getState().cancel}>
        Cancel
      </button>
    </section>
  );
}
