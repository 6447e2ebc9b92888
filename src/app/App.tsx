import { lazy, Suspense, useEffect } from 'react';
import styles from './App.module.css';
import { useCompare } from './compare/compareStore.ts';
import { useShortcuts } from './input/useShortcuts.ts';
import { DropArea } from './input/DropArea.tsx';
import { BottomPane } from './panes/BottomPane.tsx';
import { DetailsPane } from './panes/DetailsPane.tsx';
import { LiveStatus } from './panes/LiveStatus.tsx';
import { NoticeBar } from './panes/NoticeBar.tsx';
import { PathsPane } from './panes/PathsPane.tsx';
import { Stage } from './panes/Stage.tsx';
import { TopBar } from './panes/TopBar.tsx';
import { useHopline } from './state/hoplineStore.ts';
import { currentPath } from './state/selectors.ts';
import { HelpDialog } from './views/HelpDialog.tsx';
import { Presentation } from './views/Presentation.tsx';
import { TraceDialog } from './views/TraceDialog.tsx';

const CompareDialog = lazy(async () => ({ default: (await import('./compare/CompareDialog.tsx')).CompareDialog }));

/** The page: a bar, three panes side by side, one below. What is shown of what lies in the state; nothing is computed here. */
export function App() {
  useShortcuts();
  useTitle();
  const isComparing = useCompare(({ isOpen }) => isOpen);
  const hasOpened = useHopline(({ opened }) => opened !== null);
  return (
    <div className={styles.shell} data-is-empty={!hasOpened || undefined}>
      <TopBar />
      <NoticeBar />
      {hasOpened && <PathsPane />}
      <Stage />
      {hasOpened && <DetailsPane />}
      {hasOpened && <BottomPane />}
      <TraceDialog />
      {isComparing && (
        <Suspense>
          <CompareDialog />
        </Suspense>
      )}
      <HelpDialog />
      <Presentation />
      <DropArea />
      <LiveStatus />
    </div>
  );
}

/** A tab and a bookmark are named for the path that they show. */
function useTitle(): void {
  const name = useHopline((state) => currentPath(state)?.name);
  useEffect(() => {
    document.title = name === undefined ? 'Hopline' : `${name} · Hopline`;
  }, [name]);
}
