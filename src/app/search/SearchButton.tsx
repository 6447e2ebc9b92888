import { Search } from 'lucide-react';
import styles from '../panes/TopBar.module.css';
import { useHopline } from '../state/hoplineStore.ts';

export function SearchButton() {
  const hasPaths = useHopline(({ opened }) => opened !== null && opened.paths.length > 0);
  const search = useHopline(({ search }) => search);
  return (
    <button
      type="button"
      className={styles.button}
      disabled={!hasPaths}
      title="Search (/ or Ctrl K)"
      onClick={() => search(true)}
    >
      <Search size={14} aria-hidden="true" />
      Search
    </button>
  );
}
