import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PathView, RequestPath } from '../../src/analyse/model.ts';
import { LAYERS } from '../../src/config/layers.ts';
import { PERCENTILE_KEYS } from '../../src/config/percentiles.ts';
import { layout } from '../../src/layout/layout.ts';
import { fixtureAnalysis } from '../helpers/fixturePath.ts';

const FILES = readdirSync('fixtures').filter((file) => /\.otlp\.jsonl(\.gz)?$/.test(file));

/** What the finding says of its hop in other digits than the picture does of the same hop. */
function contradictions(path: RequestPath, view: PathView): string[] {
  const { hop, headline } = view.finding;
  const words = headline.join(' ');
  const share = /: (\S+ of \S+ \S+) \(/.exec(words)?.[1];
  if (share === undefined || hop === null) return [];
  const { groups } = layout(path, view, { width: 1600, openLayers: LAYERS });
  const { id } = path.hops[hop];
  const label = groups.find(({ part, label }) => part?.type === 'hop' && part.id === id && label !== null)?.label ?? '';
  const said = label.replaceAll('~', '');
  const over = /, (\S+ \S+) over its (\S+ \S+) budget/.exec(words);
  return [
    ...(said.includes(`, ${share.replaceAll('~', '')}`) ? [] : [`${share}: ${label}`]),
    ...(over === null || said.includes(`, ${over[1]} over its budget of ${over[2]}`) ? [] : [`${over[0]}: ${label}`]),
  ];
}

test.each(FILES)('layout draws the numbers that the finding says: %s', async (file) => {
  const { paths } = await fixtureAnalysis(file);
  for (const path of paths) {
    for (const key of PERCENTILE_KEYS) expect(contradictions(path, path.at[key]), `${path.name}, ${key}`).toEqual([]);
  }
});
