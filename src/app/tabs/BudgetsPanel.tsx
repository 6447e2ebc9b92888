import { hasConfig, saveConfig } from '../export/exportConfig.ts';
import { count } from '../parts/words.ts';
import { myEdits } from '../state/budgetSlice.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import styles from './BudgetsPanel.module.css';
import { BudgetsTab } from './BudgetsTab.tsx';

/** The table of bounds, under what can be done with those that were set here. */
export function BudgetsPanel() {
  const mine = useHopline((state) => myEdits(state).length);
  const canSave = useHopline(hasConfig);
  const { fail, announce, clearBudgets } = hopline.getState();
  return (
    <>
      {canSave && (
        <div className={styles.bar}>
          <p>
            {mine === 0
              ? 'As the config has them. Type others in the details of a hop, a boundary or the path.'
              : `${mine} ${count(mine, 'change')} of yours, kept in this browser.`}
          </p>
          <button
            type="button"
            className={styles.button}
            onClick={() => {
              saveConfig().then(announce, (error: unknown) => fail('The budgets could not be saved', error));
            }}
          >
            Save hopline.yaml
          </button>
          {mine > 0 && (
            <button type="button" className={styles.button} onClick={() => void clearBudgets()}>
              Clear my budgets
            </button>
          )}
        </div>
      )}
      <BudgetsTab />
    </>
  );
}
