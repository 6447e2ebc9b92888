import type { BudgetEdit } from '../../config/withBudgets.ts';
import type { NamedText } from '../../protocol.ts';
import { myEdits } from '../state/budgetSlice.ts';
import { hopline } from '../state/hoplineStore.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { saveFile } from './saveFile.ts';

/** Whether there is a config to save: one that was dropped, or budgets that were set here. */
export function hasConfig(state: HoplineState): boolean {
  return state.opened?.type === 'traces' && (state.opened.config !== null || myEdits(state).length > 0);
}

/** The config that was dropped, byte for byte where no budget was set here, else with these in it. */
export async function saveConfig(): Promise<string> {
  const state = hopline.getState();
  const text = await textWith(state.opened?.type === 'traces' ? state.opened.config : null, myEdits(state));
  if (text === null) throw new Error('There is no budget yet.');
  return saveFile('hopline.yaml', text, 'text/yaml');
}

async function textWith(config: NamedText | null, edits: readonly BudgetEdit[]): Promise<string | null> {
  if (edits.length === 0) return config?.text ?? null;
  const { withBudgets } = await import('../../config/withBudgets.ts');
  return withBudgets(config?.text ?? null, config?.name ?? 'hopline.yaml', edits);
}
