import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import styles from './VirtualListbox.module.css';

/** In a pane that has too little room for a list, this many rows stay in sight. */
const ROWS_AT_LEAST = 2;

interface Props {
  readonly label: string;
  readonly count: number;
  /** In px; every row has the same. */
  readonly rowHeight: number;
  /** −1 where nothing is chosen. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  /** By Enter or a click, where choosing is not all that can be done with a row. */
  readonly onActivate?: (index: number) => void;
  /** For a field that moves the choice: row `i` is `${id}-${i}`. */
  readonly id?: string;
  /** The row's accessible name; without it, its text. */
  readonly nameOf?: (index: number) => string;
  /** Takes the focus when it appears. */
  readonly hasFocus?: boolean;
  readonly children: (index: number) => ReactNode;
  readonly className?: string | undefined;
}

/**
 * A list of any length that draws only what is in sight. The focus stays on the list, arrows move the choice
 * (WAI-ARIA listbox, selection follows focus).
 */
export function VirtualListbox({
  label,
  count,
  rowHeight,
  selected,
  onSelect,
  onActivate,
  id: givenId,
  nameOf,
  hasFocus = false,
  children,
  className,
}: Props) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const list = useRef<HTMLDivElement>(null);
  // It hands out functions that change under the same name; only the React compiler, which is not used here, minds.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });

  useEffect(() => {
    if (hasFocus) list.current?.focus();
  }, [hasFocus]);

  useEffect(() => {
    if (selected >= 0) rows.scrollToIndex(selected, { align: 'auto' });
    // Only a new choice scrolls; scrolling away from it with the wheel is left alone.
  }, [selected, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && selected >= 0) onActivate?.(selected);
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeight) - 1);
    const target = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (target === undefined || count === 0) return;
    event.preventDefault();
    onSelect(Math.max(0, Math.min(count - 1, target)));
  };

  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (!(row instanceof HTMLElement)) return;
    const index = Number(row.dataset['index']);
    onSelect(index);
    onActivate?.(index);
  };

  const items = rows.getVirtualItems();
  const isSelectedDrawn = items.some(({ index }) => index === selected);
  return (
    <div
      ref={list}
      id={id}
      // A <select> cannot hold what a row shows.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isSelectedDrawn ? `${id}-${selected}` : undefined}
      className={`${styles.list} ${className ?? ''}`}
      style={{ minHeight: Math.min(count, ROWS_AT_LEAST) * rowHeight }}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" className={styles.content} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            id={`${id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="option"
            aria-selected={index === selected}
            aria-setsize={count}
            aria-posinset={index + 1}
            aria-label={nameOf?.(index)}
            className={styles.row}
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            data-index={index}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
