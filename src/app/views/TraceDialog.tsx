import { useEffect, useMemo, useState } from 'react';
import { errorText } from '../../base/errorText.ts';
import { formatDurationText, formatInteger } from '../../base/format.ts';
import type { ExportFormat, TraceDetail } from '../../protocol.ts';
import { Modal } from '../parts/Modal.tsx';
import { VirtualListbox } from '../parts/VirtualListbox.tsx';
import { count } from '../parts/words.ts';
import { EXPORT_FORMATS, saveTraces } from '../export/saveTraces.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import type { DatasetWorker } from '../worker/datasetWorker.ts';
import { SpanDetails } from './SpanDetails.tsx';
import { SpanRow, spanName } from './SpanRow.tsx';
import styles from './TraceDialog.module.css';

const ROW_HEIGHT = 26;
const FIGURE_LETTERS = 8;

/** One real trace, span by span; bright is what was on the path, pale what somebody else worked under. */
export function TraceDialog() {
  const trace = useHopline(({ trace }) => trace);
  const opened = useHopline(({ opened }) => opened);
  const { showTrace, fail } = hopline.getState();
  const [loaded, setLoaded] = useState<{ readonly worker: DatasetWorker; readonly detail: TraceDetail } | null>(null);

  useEffect(() => {
    if (trace === null || opened?.type !== 'traces') return undefined;
    let isWanted = true;
    const { worker } = opened;
    worker.trace(trace).then(
      (detail) => isWanted && setLoaded({ worker, detail }),
      (error: unknown) => {
        if (!isWanted) return;
        showTrace(null);
        fail('The trace could not be shown', error);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [trace, opened, showTrace, fail]);

  if (trace === null || opened?.type !== 'traces') return null;
  // Where the same trace is asked for under another config it stays until the answer comes, and the focus in it.
  const detail = loaded?.worker === opened.worker && loaded.detail.trace === trace ? loaded.detail : null;
  return (
    <Modal isWide title={detail === null ? 'Trace' : titleOf(detail)} onClose={() => showTrace(null)}>
      {detail !== null && <Trace key={detail.trace} detail={detail} />}
    </Modal>
  );
}

function Trace({ detail }: { readonly detail: TraceDetail }) {
  const { spans, spanCount, totalMs } = detail;
  const [chosen, setChosen] = useState(0);
  const isLong = useMemo(() => isWiderThanFigures(spans), [spans]);
  const deepest = useMemo(() => spans.reduce((most, { depth }) => Math.max(most, depth), 0), [spans]);
  return (
    <div className={styles.body}>
      <div className={styles.spans} data-is-long={isLong || undefined}>
        <div className={styles.axis} aria-hidden="true">
          <span>span</span>
          <div className={styles.ticks}>
            <span>0</span>
            <span>{formatDurationText(totalMs / 2)}</span>
            <span>{formatDurationText(totalMs)}</span>
          </div>
          <span>ms</span>
          <span>on path</span>
        </div>
        <VirtualListbox
          hasFocus
          label="Spans, each below its parent"
          className={styles.list}
          count={spans.length}
          rowHeight={ROW_HEIGHT}
          selected={chosen}
          onSelect={setChosen}
          nameOf={(index) => spanName(spans[index])}
        >
          {(index) => <SpanRow span={spans[index]} totalMs={totalMs} deepest={deepest} />}
        </VirtualListbox>
        {spans.length < spanCount && (
          <p className={styles.cut}>
            The first {formatInteger(spans.length)} of {formatInteger(spanCount)} spans.
          </p>
        )}
        <SaveTrace detail={detail} />
      </div>
      {spans[chosen] !== undefined && <SpanDetails key={chosen} span={spans[chosen]} />}
    </div>
  );
}

/** Whether there is a duration that the columns of figures do not hold. */
function isWiderThanFigures(spans: TraceDetail['spans']): boolean {
  const longest = spans.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  return formatDurationText(longest).length > FIGURE_LETTERS;
}

/** What became of it is said here: the rest of the page is out of reach while the dialog is open. */
function SaveTrace({ detail }: { readonly detail: TraceDetail }) {
  const [outcome, setOutcome] = useState('');
  const save = (format: ExportFormat): void => {
    saveTraces(detail, format).then(setOutcome, (error: unknown) =>
      setOutcome(`It could not be saved: ${errorText(error)}`),
    );
  };
  return (
    <div className={styles.save}>
      Save this trace as
      {EXPORT_FORMATS.map(({ format, name }) => (
        <button key={format} type="button" aria-label={`Save this trace as ${name}`} onClick={() => save(format)}>
          {name}
        </button>
      ))}
      <output>{outcome}</output>
    </div>
  );
}

function titleOf({ traceId, totalMs, spanCount, startedAt }: TraceDetail): string {
  const spans = `${formatInteger(spanCount)} ${count(spanCount, 'span')}`;
  return `${traceId} · ${formatDurationText(totalMs)} · ${spans} · ${startedAt.slice(0, 23).replace('T', ' ')} UTC`;
}
