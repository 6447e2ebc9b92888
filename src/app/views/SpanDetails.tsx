import { formatDurationText } from '../../base/format.ts';
import type { TraceSpan } from '../../protocol.ts';
import { shownName } from '../../layout/text.ts';
import pane from '../parts/pane.module.css';
import { nameBefore } from '../parts/words.ts';
import { AttributeList, BriefText } from './AttributeList.tsx';
import { SpanEvents } from './SpanEvents.tsx';
import styles from './TraceDialog.module.css';

export function SpanDetails({ span }: { readonly span: TraceSpan }) {
  const { name, service, layer, startMs, durationMs, pathMs, isError, statusMessage } = span;
  const { isDashed, isSkewCorrected, attributes, events, eventCount } = span;
  return (
    <section className={styles.details} aria-label="The chosen span">
      <h3>{shownName(name)}</h3>
      <p className={styles.service}>{[nameBefore(service), ...(layer === null ? [] : [layer])].join(' · ')}</p>
      <dl className={pane.facts}>
        <dt>starts at</dt>
        <dd>{formatDurationText(startMs)}</dd>
        <dt>lasts</dt>
        <dd>{formatDurationText(durationMs)}</dd>
        <dt>its own on the path</dt>
        <dd>{formatDurationText(pathMs)}</dd>
        <dt>status</dt>
        <dd className={isError ? styles.error : undefined}>{isError ? '▲ error' : 'ok'}</dd>
        {statusMessage !== '' && (
          <>
            <dt>status message</dt>
            <dd className={styles.message}>
              <BriefText>{statusMessage}</BriefText>
            </dd>
          </>
        )}
      </dl>
      {isDashed && (
        <p className={styles.service}>
          Asynchronous, an orphan, or beside the request: it has no sure part in the total.
        </p>
      )}
      {isSkewCorrected && <p className={styles.service}>Moved into its client: the clocks of the two hosts differ.</p>}
      {attributes.length > 0 && (
        <>
          <h4 className={pane.heading}>Attributes</h4>
          <AttributeList attributes={attributes} />
        </>
      )}
      {events.length > 0 && <SpanEvents events={events} eventCount={eventCount} />}
    </section>
  );
}
