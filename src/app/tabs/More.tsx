import { useState } from 'react';
import { formatInteger } from '../../base/format.ts';
import styles from './table.module.css';

/** Rows of a table that are drawn at first: enough to look at, and quick whatever the data. */
const PAGE = 50;

interface Props {
  readonly shown: number;
  readonly total: number;
  readonly onMore: () => void;
}

/** How many rows a table shows, and how to ask for more of them. */
export function useLimit(page = PAGE): readonly [limit: number, more: () => void] {
  const [limit, setLimit] = useState(page);
  return [limit, () => setLimit(limit + page)];
}

/** Under a table that shows a part of its rows. */
export function More({ shown, total, onMore }: Props) {
  if (shown >= total) return null;
  return (
    <button type="button" className={styles.more} onClick={onMore}>
      {formatInteger(shown)} of {formatInteger(total)} · show more
    </button>
  );
}
