import { BoundaryDetails } from '../details/BoundaryDetails.tsx';
import { HopDetails } from '../details/HopDetails.tsx';
import { PathDetails } from '../details/PathDetails.tsx';
import { assertNever } from '../../base/assert.ts';
import type { PathView, RequestPath } from '../../analyse/model.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { currentPath, currentView, selectedPart } from '../state/selectors.ts';
import styles from './DetailsPane.module.css';

/** What is chosen, in full: a hop, a boundary, or the path where nothing is. */
export function DetailsPane() {
  const path = useHopline(currentPath);
  const view = useHopline(currentView);
  return (
    <aside className={styles.pane} aria-label="Details">
      {path !== null && view !== null && <Details path={path} view={view} />}
    </aside>
  );
}

function Details({ path, view }: { readonly path: RequestPath; readonly view: PathView }) {
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
}
