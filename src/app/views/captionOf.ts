import { formatDurationText, formatPercent, formatPercentile } from '../../base/format.ts';
import type { PathView, RequestPath } from '../../analyse/model.ts';
import { amountsOf, printUnsure } from '../../base/amounts.ts';
import { nameBefore, shareText, totalText, verdictText } from '../parts/words.ts';
import { keyOf } from '../state/selectors.ts';

/**
 * What a presenter would say. Of the whole: its finding. Of a hop:
 * "postgres · primary: 18 ms of 47 ms at p50 (38%), 2 ms over its 16 ms budget, mostly SELECT catalog.items".
 */
export function captionOf(path: RequestPath, view: PathView, hop: number | null): string {
  if (hop === null) return view.finding.headline.join(' ');
  const { id, budget, operations } = path.hops[hop];
  const { shareMs, ownMs, verdict } = view.hops[hop];
  const amounts = amountsOf(view);
  const share = `${shareText('hops', hop, view, amounts)} ${amounts.scale.unit}`;
  const part = view.totalMs > 0 ? ` (${formatPercent(shareMs / view.totalMs)})` : '';
  const key = keyOf(view.percentile);
  const budgetMs = key === null ? undefined : budget[key];
  return [
    `${nameBefore(id)}: ${share} of ${totalText(view)} at ${formatPercentile(view.percentile)}${part}`,
    ...(verdict === undefined || ownMs === null || budgetMs === undefined
      ? []
      : [verdictText(verdict, ownMs, budgetMs, amounts.scale)]),
    ...(operations.length > 1
      ? [
          `mostly ${nameBefore(operations[0].name)} (${printUnsure(formatDurationText(operations[0].shareMs), path.at.p50.isResolved)} at p50)`,
        ]
      : []),
  ].join(', ');
}
