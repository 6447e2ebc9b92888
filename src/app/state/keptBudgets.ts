import * as z from 'zod/mini';
import { parseDuration } from '../../config/duration.ts';
import { PERCENTILE_KEYS } from '../../config/percentiles.ts';
import type { BudgetEdit } from '../../config/withBudgets.ts';

interface Store {
  getState(): {
    readonly edits: readonly BudgetEdit[];
    readonly restoreBudgets: (edits: readonly BudgetEdit[]) => void;
    readonly noteKept: (areEditsKept: boolean) => void;
  };
  subscribe(listener: () => void): () => void;
}

/** The version is part of the name: what a later page writes, an earlier one does not read. */
export const BUDGETS_KEY = 'hopline.budgets.v1';

const edit = z.strictObject({
  path: z.string(),
  entry: z.string(),
  isNameShared: z.boolean(),
  part: z.nullable(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('hop'), id: z.string() }),
      z.strictObject({ type: z.literal('boundary'), from: z.string(), to: z.string() }),
    ]),
  ),
  percentile: z.enum(PERCENTILE_KEYS),
  duration: z.nullable(z.string().check(z.refine((text) => parseDuration(text) !== null))),
});
const kept: z.ZodMiniType<readonly BudgetEdit[]> = z.array(edit);

/**
 * Keeps the bounds that were set on the page in the browser: names and bounds, nothing else of the traces. Another tab's
 * are taken over as they come. Where a browser keeps nothing, they hold until the page is left.
 */
export function keepBudgets(store: Store, storage: () => Storage): () => void {
  let known = store.getState().edits;
  const read = (): void => {
    const edits = parseKept(attempt(() => storage().getItem(BUDGETS_KEY)));
    known = edits;
    store.getState().restoreBudgets(edits);
  };
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === BUDGETS_KEY || key === null) read();
  };
  read();
  addEventListener('storage', onStorage);
  const unsubscribe = store.subscribe(() => {
    const { edits } = store.getState();
    if (edits === known) return;
    known = edits;
    const isKept = attempt(() => {
      if (edits.length === 0) storage().removeItem(BUDGETS_KEY);
      else storage().setItem(BUDGETS_KEY, JSON.stringify(edits));
      return true;
    });
    store.getState().noteKept(isKept === true);
  });
  return () => {
    removeEventListener('storage', onStorage);
    unsubscribe();
  };
}

/** Nothing where it is not what this page writes. */
export function parseKept(text: string | null): readonly BudgetEdit[] {
  const value: unknown = attempt(() => (text === null ? [] : JSON.parse(text)));
  const checked = kept.safeParse(value);
  return checked.success ? checked.data : [];
}

/** Browsers throw where storage is full, or forbidden by a setting. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
