import type { StructureChange } from '../analyse/diff/structure.ts';

/** A change of structure as a sentence: "redis · cache is gone." */
export function structureWords({ kind, of, name, was, is }: StructureChange): string {
  const what = of === 'hop' ? name : `the boundary ${name}`;
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
