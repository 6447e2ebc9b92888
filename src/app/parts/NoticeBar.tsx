import { X } from 'lucide-react';
import { formatPercent } from '../../base/format.ts';
import hidden from './hidden.module.css';
import { countText } from './words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import type { Opening } from '../state/opened.ts';
import styles from './NoticeBar.module.css';
import { readingText } from './readingText.ts';

interface Props {
  /** There Esc closes the dialog, and the page's own status is out of reach. */
  readonly isInDialog?: boolean;
}

/**
 * What is being read, and what went wrong: under the top bar, where what was open stays usable below, and at the top of
 * a dialog, because what lies behind one is neither seen nor said.
 */
export function NoticeBar({ isInDialog = false }: Props) {
  const opening = useHopline(({ opening }) => opening);
  const failure = useHopline(({ failure }) => failure);
  const cancel = useHopline(({ cancel }) => cancel);
  const dismissFailure = useHopline(({ dismissFailure }) => dismissFailure);
  return (
    <div className={styles.area}>
      {opening !== null && (
        <section className={styles.opening} aria-label="Reading files">
          <Progress opening={opening} />
          {isInDialog && <output className={hidden.visually}>{readingText(opening)}</output>}
          <button
            type="button"
            className={styles.button}
            title={isInDialog ? undefined : 'Cancel (Esc)'}
            onClick={cancel}
          >
            Cancel
          </button>
        </section>
      )}
      {failure !== null && (
        <div className={styles.failure} role="alert">
          <div className={styles.message}>
            <strong>{failure.title}</strong>
            <p>{failure.message}</p>
          </div>
          <button type="button" className={styles.icon} aria-label="Dismiss" onClick={dismissFailure}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}

function Progress({ opening: { label, progress, bytesPerSecond } }: { readonly opening: Opening }) {
  const part =
    progress === null || progress.bytesTotal === 0 ? 0 : Math.min(1, progress.bytesRead / progress.bytesTotal);
  const isAnalysing = progress?.stage === 'analysing';
  return (
    <>
      <progress className={styles.progress} aria-label={`Reading ${label}`} value={part} max={1} />
      <p className={styles.source}>
        {isAnalysing ? 'Analysing' : 'Reading'} {progress?.source ?? label}
      </p>
      <p className={styles.figures}>
        <span>{formatPercent(part)}</span>
        <span>{bytesPerSecond === null ? '' : `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`}</span>
        <span>{countText(progress?.spans ?? 0, 'span')}</span>
      </p>
    </>
  );
}
