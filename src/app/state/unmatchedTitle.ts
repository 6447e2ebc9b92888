import type { OpenedTraces } from './opened.ts';

/** Over what a config names and the open traces do not have. Of request paths that are not listed nobody knows here. */
export function unmatchedTitle({ config, dataset }: Pick<OpenedTraces, 'config' | 'dataset'>): string {
  const isPartial = dataset.issues.some(({ code }) => code === 'many-paths');
  const where = isPartial ? 'none of the request paths that are listed' : 'nothing in these traces';
  return `Some of ${config?.name ?? 'the config'} matches ${where}`;
}
