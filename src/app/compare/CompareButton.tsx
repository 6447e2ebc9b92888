import { GitCompareArrows } from 'lucide-react';
import styles from '../panes/TopBar.module.css';
import { useHopline } from '../state/hoplineStore.ts';
import { compare } from './compareStore.ts';

/** A picture without its traces cannot be compared. */
export function CompareButton() {
  const hasTraces = useHopline(({ opened }) => opened?.type === 'traces');
  return (
    <button
      type="button"
      className={styles.button}
      disabled={!hasTraces}
      title="Compare with what came after (c)"
      onClick={() => compare.getState().start()}
    >
      <GitCompareArrows size={14} aria-hidden="true" />
      Compare
    </button>
  );
}
