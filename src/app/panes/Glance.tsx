import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatInteger, formatPercent } from '../../base/format.ts';
import type { DatasetSummary, RequestPath } from '../../analyse/model.ts';
import pane from '../parts/pane.module.css';
import { briefEstimate, nameBefore, unitOf } from '../parts/words.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import styles from './Glance.module.css';

/** Runtimes that fit into the list; the tab has them all. */
const RUNTIMES_SHOWN = 4;

export function Glance() {
  const path = useHopline(currentPath);
  const summary = useHopline(({ opened }) => (opened?.type === 'traces' ? opened.dataset.summary : null));
  return (
    <section className={styles.glance} aria-labelledby="glance">
      <h2 className={pane.heading} id="glance">
        At a glance
      </h2>
      <dl className={styles.facts}>
        {(summary === null ? pathFacts(path) : datasetFacts(summary, path)).map(([term, value]) => (
          <Fact key={term} term={term}>
            {value}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Facts = readonly (readonly [term: string, value: string])[];

function datasetFacts(summary: DatasetSummary, path: RequestPath | null): Facts {
  const { handledPerSecond, requests, errors, services, regions, runtimes, handled, peakMemory } = summary;
  const shares = runtimes
    .slice(0, RUNTIMES_SHOWN)
    .map(({ runtime, handled: part }) => `${nameBefore(runtime)}\u00A0${formatPercent(part / handled)}`);
  return [
    // By all services: a request that three of them take part in is handled three times.
    ...(handledPerSecond === null ? [] : [['handled / s', formatCount(handledPerSecond)] as const]),
    ...totals(path),
    ['errors', requests === 0 ? '0%' : formatPercent(errors / requests)],
    regions === 0
      ? ['services', formatInteger(services.length)]
      : ['services · regions', `${formatInteger(services.length)} · ${formatInteger(regions)}`],
    ...(shares.length === 0 ? [] : [['runtimes', shares.join('  ')] as const]),
    ...(peakMemory === null ? [] : [['memory peak / pod', formatBytes(peakMemory)] as const]),
  ];
}

function pathFacts(path: RequestPath | null): Facts {
  if (path === null) return [];
  const { requestsPerSecond, errors, requests, regions } = path;
  return [
    ...(requestsPerSecond === null ? [] : [['requests / s', formatCount(requestsPerSecond)] as const]),
    ...totals(path),
    ['errors', formatPercent(errors / requests)],
    ...(regions === 0 ? [] : [['regions', formatInteger(regions)] as const]),
  ];
}

function totals(path: RequestPath | null): Facts {
  if (path === null) return [];
  const { p50, p95, p99 } = path.at;
  const unit = unitOf(path);
  return [
    [
      'p50 p95 p99',
      [p50, p95, p99].map(({ totalMs, isResolved }) => briefEstimate(totalMs, isResolved, unit)).join(' · '),
    ],
  ];
}
