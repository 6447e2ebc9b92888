import { myEdits, withEdits } from '../state/budgetSlice.ts';
import { hopline } from '../state/hoplineStore.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { saveFile } from './saveFile.ts';

/** Whether there is a config to save: one that was dropped, or budgets that were set here. */
export function hasConfig(state: HoplineState): boolean {
  return (state.opened?.type === 'traces' && state.opened.config !== null) || myEdits(state).length > 0;
}

/** The config that was dropped, byte for byte where no budget was set here, else with these in it. */
export async function saveConfig(): Promise<string> {
  const state = hopline.getState();
  const config = await withEdits(state.opened?.type === 'traces' ? state.opened.config : null, myEdits(state));
  if (config === null) throw new Error('There is no budget yet.');
  return saveFile('hopline.yaml', config.text, 'text/yaml');
}
