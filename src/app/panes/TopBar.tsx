import { CircleQuestionMark, FolderOpen } from 'lucide-react';
import { formatInteger } from '../../base/format.ts';
import { CompareButton } from '../compare/CompareButton.tsx';
import { chooseFiles } from '../input/chooseFiles.ts';
import { count, nameBefore } from '../parts/words.ts';
import { SearchButton } from '../search/SearchButton.tsx';
import { useHopline } from '../state/hoplineStore.ts';
import type { Opened } from '../state/opened.ts';
import { currentPath } from '../state/selectors.ts';
import { startPresentation } from '../views/startPresentation.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import styles from './TopBar.module.css';

/** What changes with the dataset has components of its own, so that the menus are not rendered again for it. */
export function TopBar() {
  const showHelp = useHopline(({ showHelp }) => showHelp);
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>hopline</h1>
      <Title />
      <div className={styles.actions}>
        <button type="button" className={styles.button} onClick={chooseFiles}>
          <FolderOpen size={14} aria-hidden="true" />
          Open…
        </button>
        <SearchButton />
        <CompareButton />
        <ExportMenu />
        <PresentButton />
        <ThemeButton />
        <button
          type="button"
          className={styles.icon}
          aria-label="Help and keys"
          title="Help and keys (?)"
          onClick={() => showHelp(true)}
        >
          <CircleQuestionMark size={16} aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

function Title() {
  const opened = useHopline(({ opened }) => opened);
  return (
    <div className={styles.title}>
      <p className={styles.dataset} title={opened === null ? undefined : describe(opened)}>
        {opened === null ? 'where do the milliseconds go?' : describe(opened)}
      </p>
      {opened?.type === 'traces' && opened.isDemo && (
        <p className={styles.hint}>
          <span>a demo · </span>drop your own traces<span> anywhere</span>
        </p>
      )}
    </div>
  );
}

function PresentButton() {
  const hasPath = useHopline((state) => currentPath(state) !== null);
  return (
    <button
      type="button"
      className={styles.present}
      disabled={!hasPath}
      title="Present (p)"
      onClick={startPresentation}
    >
      Present
    </button>
  );
}

function describe(opened: Opened): string {
  if (opened.type === 'diagram') return `${nameBefore(opened.label)} · a saved diagram, without its traces`;
  const { spans, traces, services } = opened.dataset.summary;
  return [
    nameBefore(opened.label),
    `${formatInteger(spans)} ${count(spans, 'span')}`,
    `${formatInteger(traces)} ${count(traces, 'trace')}`,
    `${formatInteger(services.length)} ${count(services.length, 'service')}`,
  ].join(' · ');
}
