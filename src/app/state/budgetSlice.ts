import type { StateCreator } from 'zustand';
import type { RequestPath } from '../../analyse/model.ts';
import { parseDuration } from '../../config/duration.ts';
import type { BudgetEdit } from '../../config/withBudgets.ts';
import { VERDICT_WORDS } from '../parts/VerdictMark.tsx';
import { boundText } from '../parts/words.ts';
import { EndedError } from '../worker/datasetWorker.ts';
import { isSamePart, judgements } from './budgets.ts';
import type { BudgetSlice, HoplineState } from './hoplineState.ts';
import { currentPath } from './selectors.ts';

export const createBudgetSlice: StateCreator<HoplineState, [], [], BudgetSlice> = (set, get) => {
  /** Analyses what is open with these; whether that went well. */
  const apply = async (edits: readonly BudgetEdit[]): Promise<boolean> => {
    const { edits: before, opened, configure, fail } = get();
    set({ edits });
    if (opened?.type !== 'traces') return true;
    try {
      await configure(opened.config);
      return true;
    } catch (error) {
      // Another dataset was opened meanwhile, and opens with these.
      if (error instanceof EndedError) return false;
      if (get().edits === edits) set({ edits: before });
      fail('The budgets could not be changed', error);
      return false;
    }
  };

  return {
    edits: [],
    cleared: [],
    areEditsKept: true,
    editing: null,

    startEditing: (selection, editing) => set({ selection, editing, peek: null }),
    stopEditing: (part, percentile) => {
      const { selection, editing } = get();
      if (editing === percentile && selection !== 'auto' && isSamePart(selection, part)) set({ editing: null });
    },
    setBudget: async (part, percentile, duration) => {
      const { opened, edits } = get();
      const path = currentPath(get());
      if (opened?.type !== 'traces' || path === null) return null;
      const { name, entry } = path;
      const isNameShared = opened.paths.filter((each) => each.name === name).length > 1;
      const edit: BudgetEdit = { path: name, entry, isNameShared, part, percentile, duration };
      const others = edits.filter((each) => !isSameBound(each, edit));
      const isNothing = duration === null && opened.config === null;
      if (!(await apply(isNothing ? others : [...others, edit]))) return null;
      set({ cleared: [] });
      // Another path may be shown by now.
      const owner = get().opened?.paths.find((each) => isOf(each, edit)) ?? path;
      const found = judgements(owner).find((each) => isSamePart(each.part, part) && each.percentile === percentile);
      if (duration !== null && found?.budgetMs !== parseDuration(duration)) {
        await apply(get().edits.filter((each) => each !== edit));
        return 'A hopline.yaml has no way to name this part, so it can have no budget.';
      }
      const bound = found === undefined ? 'no budget' : boundText(found.budgetMs);
      get().announce(`${percentile}: ${bound}${found === undefined ? '' : `, ${VERDICT_WORDS[found.verdict]}`}.`);
      return duration === null && found !== undefined
        ? `A wider rule of ${opened.config?.name ?? 'the config'} still asks for ${bound} here. Another bound may be typed over it.`
        : null;
    },
    clearBudgets: async () => {
      const mine = myEdits(get());
      if (!(await apply(get().edits.filter((edit) => !mine.includes(edit))))) return;
      set({ cleared: mine });
      get().announce('Cleared your budgets. Undo brings them back.');
    },
    undoClear: async () => {
      const { edits, cleared } = get();
      const missing = cleared.filter((edit) => !edits.some((each) => isSameBound(each, edit)));
      if (!(await apply([...edits, ...missing]))) return;
      set({ cleared: [] });
      get().announce('Your budgets are back.');
    },
    restoreBudgets: (edits) => void apply(edits),
    noteKept: (areEditsKept) => set({ areEditsKept }),
  };
};

/** The edits of the paths that are open: those of other datasets wait for them. */
export function myEdits({ opened, edits }: Pick<HoplineState, 'opened' | 'edits'>): readonly BudgetEdit[] {
  return edits.filter((edit) => opened?.paths.some((path) => isOf(path, edit)) === true);
}

function isOf({ name, entry }: RequestPath, edit: BudgetEdit): boolean {
  return edit.path === name && edit.entry === entry;
}

function isSameBound(a: BudgetEdit, b: BudgetEdit): boolean {
  return a.path === b.path && a.entry === b.entry && a.percentile === b.percentile && isSamePart(a.part, b.part);
}
