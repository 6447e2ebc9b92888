import styles from './App.module.css';
import { compare, useCompare } from './compare/compareStore.ts';
import { useShortcuts } from './input/useShortcuts.ts';
import { DropArea } from './input/DropArea.tsx';
import { BottomPane } from './panes/BottomPane.tsx';
import { DetailsPane } from './panes/DetailsPane.tsx';
import { DocumentTitle } from './panes/DocumentTitle.tsx';
import { LiveStatus } from './panes/LiveStatus.tsx';
import { Late } from './parts/Late.tsx';
import { NoticeBar } from './parts/NoticeBar.tsx';
import { PathsPane } from './panes/PathsPane.tsx';
import { Stage } from './panes/Stage.tsx';
import { TopBar } from './panes/TopBar.tsx';
import { SearchDialog } from './search/SearchDialog.tsx';
import { hopline, useHopline } from './state/hoplineStore.ts';
import { HelpDialog } from './views/HelpDialog.tsx';
import { Presentation } from './views/Presentation.tsx';
import { TraceDialog } from './views/TraceDialog.tsx';

const loadCompare = async () => (await import('./compare/CompareDialog.tsx')).CompareDialog;

function onCompareMissing(error: unknown): void {
  compare.getState().close();
  hopline.getState().fail('Compare could not be opened', error);
}

/**
 * The page: a bar, three panes side by side, one below. What is shown of what lies in the state; nothing is computed
 * here, and nothing is looked at that another dataset or path changes, because all of the page would be rendered for it.
 */
export function App() {
  useShortcuts();
  const isComparing = useCompare(({ isOpen }) => isOpen);
  const hasOpened = useHopline(({ opened }) => opened !== null);
  return (
    <div className={styles.shell} data-is-empty={!hasOpened || undefined}>
      <DocumentTitle />
      <TopBar />
      <NoticeBar />
      {hasOpened && <PathsPane />}
      <Stage />
      {hasOpened && <DetailsPane />}
      {hasOpened && <BottomPane />}
      <TraceDialog />
      {isComparing && <Late load={loadCompare} onMissing={onCompareMissing} />}
      <SearchDialog />
      <HelpDialog />
      <Presentation />
      <DropArea />
      <LiveStatus />
    </div>
  );
}
