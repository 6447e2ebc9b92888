import { formatDurationText, formatInteger } from '../../base/format.ts';
import type { AttributeTexts, TraceSpan } from '../../protocol.ts';
import { shownName } from '../../layout/text.ts';
import { keyed } from '../parts/keyed.ts';
import pane from '../parts/pane.module.css';
import { More, useLimit } from '../tabs/More.tsx';
import { AttributeList } from './AttributeList.tsx';
import styles from './TraceDialog.module.css';

/** What is asked of an exception first (OpenTelemetry semantic conventions, exceptions). */
const FIRST_KEYS = ['exception.message', 'exception.type'];
/** Attributes of an event that are shown at first: 50 events of them are a page that is quick to lay out. */
const ATTRIBUTES_SHOWN = 10;

export function SpanEvents({ events, eventCount }: Pick<TraceSpan, 'events' | 'eventCount'>) {
  const [limit, more] = useLimit();
  return (
    <>
      <h4 className={pane.heading}>Events</h4>
      <ol className={styles.events}>
        {keyed(events.slice(0, limit), ({ name }) => name).map(({ key, item: { name, atMs, attributes } }) => (
          <li key={key}>
            <p className={styles.event}>
              <span>{shownName(name)}</span>
              <span>{formatDurationText(atMs)}</span>
            </p>
            {attributes.length > 0 && (
              <AttributeList isBrief page={ATTRIBUTES_SHOWN} attributes={exceptionFirst(attributes)} />
            )}
          </li>
        ))}
      </ol>
      <More shown={limit} total={events.length} onMore={more} />
      {events.length < eventCount && (
        <p className={styles.service}>
          The first {formatInteger(events.length)} of {formatInteger(eventCount)} events: all are in the trace when it
          is saved.
        </p>
      )}
    </>
  );
}

function exceptionFirst(attributes: AttributeTexts): AttributeTexts {
  return attributes.toSorted(([a], [b]) => FIRST_KEYS.indexOf(b) - FIRST_KEYS.indexOf(a));
}
