import { formatDurationText, formatInteger } from '../../base/format.ts';
import type { TraceSpan } from '../../protocol.ts';
import { shownName } from '../../layout/text.ts';
import { keyed } from '../parts/keyed.ts';
import pane from '../parts/pane.module.css';
import { nameBefore } from '../parts/words.ts';
import { More, useLimit } from '../tabs/More.tsx';
import styles from './TraceDialog.module.css';

/** Characters of a value that are laid out: a stack trace is shown whole, a megabyte would stop the page. */
const LONGEST_VALUE = 20_000;

export function SpanDetails({ span }: { readonly span: TraceSpan }) {
  const { name, service, layer, startMs, durationMs, pathMs, isError, isDashed, isSkewCorrected, attributes, events } =
    span;
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
      </dl>
      {isDashed && (
        <p className={styles.service}>
          Asynchronous, an orphan, or beside the request: it has no sure part in the total.
        </p>
      )}
      {isSkewCorrected && <p className={styles.service}>Moved into its client: the clocks of the two hosts differ.</p>}
      {attributes.length > 0 && <Attributes attributes={attributes} />}
      {events.length > 0 && <Events events={events} />}
    </section>
  );
}

function Attributes({ attributes }: Pick<TraceSpan, 'attributes'>) {
  const [limit, more] = useLimit();
  return (
    <>
      <h4 className={pane.heading}>Attributes</h4>
      <dl className={styles.attributes}>
        {keyed(attributes.slice(0, limit), ([name]) => name).map(({ key, item: [name, value] }) => (
          <div key={key}>
            <dt>{shownName(name)}</dt>
            <dd>
              <Value>{value}</Value>
            </dd>
          </div>
        ))}
      </dl>
      <More shown={limit} total={attributes.length} onMore={more} />
    </>
  );
}

function Events({ events }: Pick<TraceSpan, 'events'>) {
  const [limit, more] = useLimit();
  return (
    <>
      <h4 className={pane.heading}>Events</h4>
      <dl className={pane.facts}>
        {keyed(events.slice(0, limit), ({ name }) => name).map(({ key, item: { name, atMs } }) => (
          <div key={key} className={styles.event}>
            <dt>{shownName(name)}</dt>
            <dd>{formatDurationText(atMs)}</dd>
          </div>
        ))}
      </dl>
      <More shown={limit} total={events.length} onMore={more} />
    </>
  );
}

function Value({ children: value }: { readonly children: string }) {
  const beyond = value.length - LONGEST_VALUE;
  if (beyond <= 0) return value;
  return (
    <>
      {value.slice(0, LONGEST_VALUE)}…
      <p className={styles.service}>{formatInteger(beyond)} more characters: they are in the trace when it is saved.</p>
    </>
  );
}
