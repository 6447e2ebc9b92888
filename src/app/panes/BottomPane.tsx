import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { JSX, MouseEvent } from 'react';
import { findings } from '../state/quality.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { TABS, type Tab } from '../state/hoplineState.ts';
import { BoundariesTab } from '../tabs/BoundariesTab.tsx';
import { BudgetsPanel } from '../tabs/BudgetsPanel.tsx';
import { HopsTab } from '../tabs/HopsTab.tsx';
import { QualityTab } from '../tabs/QualityTab.tsx';
import { RuntimesTab } from '../tabs/RuntimesTab.tsx';
import { TracesTab } from '../tabs/TracesTab.tsx';
import styles from './BottomPane.module.css';

const PANELS: Record<Tab, { readonly name: string; readonly Panel: () => JSX.Element | null }> = {
  traces: { name: 'Traces', Panel: TracesTab },
  hops: { name: 'Hops', Panel: HopsTab },
  boundaries: { name: 'Boundaries', Panel: BoundariesTab },
  runtimes: { name: 'Runtimes', Panel: RuntimesTab },
  budgets: { name: 'Budgets', Panel: BudgetsPanel },
  quality: { name: 'Data quality', Panel: QualityTab },
};

export function BottomPane() {
  const tab = useHopline(({ tab }) => tab);
  const isOpen = useHopline(({ isBottomOpen }) => isBottomOpen);
  const { showTab, toggleBottom } = hopline.getState();
  return (
    <Tabs.Root asChild value={tab} onValueChange={(value) => showTab(TABS.find((known) => known === value) ?? tab)}>
      <section className={styles.pane} aria-label="Tables">
        <div className={styles.bar}>
          <Tabs.List className={styles.tabs} aria-label="Tables">
            {TABS.map((name) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className={styles.tab}
                onMouseDown={focusQuietly}
                onClick={() => showTab(name)}
              >
                {PANELS[name].name}
                {name === 'quality' && <QualityCount />}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isOpen}
            aria-label="Tables"
            title={isOpen ? 'Fold the tables' : 'Open the tables'}
            onClick={toggleBottom}
          >
            {isOpen ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronUp size={16} aria-hidden="true" />}
          </button>
        </div>
        <div className={styles.body} hidden={!isOpen}>
          {TABS.map((name) => {
            const { Panel } = PANELS[name];
            return (
              <Tabs.Content key={name} value={name} className={styles.panel}>
                <Panel />
              </Tabs.Content>
            );
          })}
        </div>
      </section>
    </Tabs.Root>
  );
}

/** On its own, so that another dataset is no rendering of all the tabs. */
function QualityCount() {
  const notes = useHopline(({ opened }) => findings(opened).length);
  return notes > 0 && ` ${notes}`;
}

/** The library focuses a tab that is clicked by script, which would draw the ring that is meant for the keyboard. */
function focusQuietly(event: MouseEvent<HTMLElement>): void {
  event.preventDefault();
  event.currentTarget.focus({ focusVisible: false });
}
