import { useState } from 'react';
import { formatInteger } from '../../base/format.ts';
import type { AttributeTexts } from '../../protocol.ts';
import { shownName } from '../../layout/text.ts';
import { keyed } from '../parts/keyed.ts';
import { More, useLimit } from '../tabs/More.tsx';
import styles from './TraceDialog.module.css';

/** Characters of a value that are laid out: a stack trace is shown whole, a megabyte would stop the page. */
const LONGEST_VALUE = 20_000;
/** Of one among many, until it is asked for: a list of exceptions is no list where each is a stack trace long. */
const BRIEF_VALUE = 300;

interface Props {
  readonly attributes: AttributeTexts;
  /** How many are shown at first. */
  readonly page?: number;
  readonly isBrief?: boolean;
}

export function AttributeList({ attributes, page, isBrief = false }: Props) {
  const [limit, more] = useLimit(page);
  const Text = isBrief ? BriefText : LongText;
  return (
    <>
      <dl className={styles.attributes}>
        {keyed(attributes.slice(0, limit), ([name]) => name).map(({ key, item: [name, value] }) => (
          <div key={key}>
            <dt>{shownName(name)}</dt>
            <dd>
              <Text>{value}</Text>
            </dd>
          </div>
        ))}
      </dl>
      <More shown={limit} total={attributes.length} onMore={more} />
    </>
  );
}

/** The beginning, and the rest where it is asked for. */
export function BriefText({ children: text }: { readonly children: string }) {
  const [isWhole, setIsWhole] = useState(false);
  if (text.length <= BRIEF_VALUE) return text;
  return (
    <>
      {isWhole ? <LongText>{text}</LongText> : `${beginning(text, BRIEF_VALUE)}…`}
      <button type="button" className={styles.rest} aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
        {isWhole ? 'Show less' : `Show all ${formatInteger(text.length)} characters`}
      </button>
    </>
  );
}

function LongText({ children: text }: { readonly children: string }) {
  const beyond = text.length - LONGEST_VALUE;
  if (beyond <= 0) return text;
  return (
    <>
      {beginning(text, LONGEST_VALUE)}…
      <p className={styles.service}>{formatInteger(beyond)} more characters: they are in the trace when it is saved.</p>
    </>
  );
}

/** No half of a character at its end. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
