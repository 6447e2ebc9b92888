import type { StructureChange } from '../analyse/diff/structure.ts';
import { shownName } from './text.ts';

/** A change of structure as a sentence: "redis · cache is gone." */
export function structureWords({ kind, of, name, ...change }: StructureChange): string {
  const what = of === 'hop' ? shownName(name) : `the boundary ${shownName(name)}`;
  const [was, is] = [change.was, change.is].map((each) => shownName(each ?? ''));
  switch (kind) {
    case 'new':
      return `${what} is new.`;
    case 'gone':
      return `${what} is gone.`;
    case 'renamed':
      return `${was} is called ${is} now.`;
    case 'layer':
      return `${what} moved from the layer ${was} to ${is}.`;
    case 'async':
      return `Nobody waits for ${what} any more.`;
    case 'awaited':
      return `${what} is waited for now.`;
    case 'measured':
      return `${what} is measured now.`;
    case 'unmeasured':
      return `${what} is not measured any more.`;
  }
}
