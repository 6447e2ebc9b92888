import { useRef } from 'react';
import { hasConfig, saveConfig } from '../export/exportConfig.ts';
import { keyed } from '../parts/keyed.ts';
import { count } from '../parts/words.ts';
import { myEdits } from '../state/budgetSlice.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { unmatchedTitle } from '../state/unmatchedTitle.ts';
import styles from './BudgetsPanel.module.css';
import { BudgetsTab } from './BudgetsTab.tsx';
import { More, useLimit } from './More.tsx';

/** The table of bounds, under what can be done with those that were set here. A saved picture has its own. */
export function BudgetsPanel() {
  const hasTraces = useHopline(({ opened }) => opened?.type === 'traces');
  return (
    <>
      {hasTraces && <MyBudgets />}
      <Unmatched />
      <BudgetsTab />
    </>
  );
}

function MyBudgets() {
  const config = useHopline(({ opened }) => (opened?.type === 'traces' ? opened.config : null));
  const areKept = useHopline(({ areEditsKept }) => areEditsKept);
  const mine = useHopline((state) => myEdits(state).length);
  const canSave = useHopline(hasConfig);
  const cleared = useHopline(({ opened, cleared }) => myEdits({ opened, edits: cleared }).length);
  const { fail, announce, clearBudgets, undoClear } = hopline.getState();
  // One of the two buttons stands there at a time, and whoever pressed the one goes on at the other.
  const button = useRef<HTMLButtonElement>(null);
  const goOn = (): void => {
    if (document.activeElement?.contains(button.current) === true) button.current?.focus();
  };
  const canUndo = mine === 0 && cleared > 0;
  if (!canSave && !canUndo) return null;
  const over = config === null ? '' : `, over ${config.name}`;
  const kept = areKept ? 'kept in this browser' : 'until you leave the page: this browser keeps nothing for it';
  return (
    <div className={styles.bar}>
      <p>
        {mine > 0
          ? `${mine} ${count(mine, 'change')} of yours${over}, ${kept}.`
          : canUndo
            ? `Cleared ${cleared} ${count(cleared, 'change')} of yours.`
            : `As ${config?.name ?? 'the config'} has them. Type others in the details of a hop, a boundary or the path.`}
      </p>
      {canSave && (
        <button
          type="button"
          className={styles.button}
          onClick={() => {
            saveConfig().then(announce, (error: unknown) => fail('The budgets could not be saved', error));
          }}
        >
          Save hopline.yaml
        </button>
      )}
      {mine > 0 && (
        <button ref={button} type="button" className={styles.button} onClick={() => void clearBudgets().then(goOn)}>
          Clear my budgets
        </button>
      )}
      {canUndo && (
        <button ref={button} type="button" className={styles.button} onClick={() => void undoClear().then(goOn)}>
          Undo
        </button>
      )}
    </div>
  );
}

/** What the config names and the traces do not have: it bounds nothing, so it has no row in the table. */
function Unmatched() {
  const opened = useHopline(({ opened }) => opened);
  const [limit, more] = useLimit();
  if (opened?.type !== 'traces' || opened.dataset.unmatched.length === 0) return null;
  const { unmatched } = opened.dataset;
  const title = unmatchedTitle(opened);
  return (
    <>
      <div className={styles.unmatched}>
        <p>{title}:</p>
        <ul aria-label={title}>
          {keyed(unmatched.slice(0, limit), (line) => line).map(({ key, item }) => (
            <li key={key}>{item}</li>
          ))}
        </ul>
      </div>
      <More shown={limit} total={unmatched.length} onMore={more} />
    </>
  );
}
