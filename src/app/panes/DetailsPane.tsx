import { memo } from 'react';
import { BoundaryDetails } from '../details/BoundaryDetails.tsx';
import { HopDetails } from '../details/HopDetails.tsx';
import { PathDetails } from '../details/PathDetails.tsx';
import { assertNever } from '../../base/assert.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { selectedPart } from '../state/selectors.ts';
import { useShown, type Shown } from '../state/useShown.ts';
import styles from './DetailsPane.module.css';

/** What is chosen, in full: a hop, a boundary, or the path where nothing is. */
export function DetailsPane() {
  const shown = useShown();
  return (
    <aside className={styles.pane} aria-label="Details" tabIndex={-1}>
      {shown !== null && <Details {...shown} />}
    </aside>
  );
}

const Details = memo(function Details({ path, view }: Shown) {
  const selection = useHopline(({ selection, peek, editing }) => (editing === null ? (peek ?? selection) : selection));
  const part = selectedPart(path, view, selection);
  if (part === null) return <PathDetails path={path} view={view} />;
  switch (part.type) {
    case 'hop':
      return <HopDetails path={path} view={view} hop={part.hop} index={part.index} />;
    case 'boundary':
      return <BoundaryDetails path={path} view={view} boundary={part.boundary} index={part.index} />;
    default:
      return assertNever(part);
  }
});
