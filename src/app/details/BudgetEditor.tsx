import { useEffect, useId, useRef, useState } from 'react';
import type { RequestPath } from '../../analyse/model.ts';
import { DURATION_EXPECTED, parseDuration, writeDuration } from '../../config/duration.ts';
import { PERCENTILE_KEYS, type PercentileKey } from '../../config/percentiles.ts';
import hidden from '../parts/hidden.module.css';
import pane from '../parts/pane.module.css';
import { VERDICT_WORDS, VerdictMark } from '../parts/VerdictMark.tsx';
import { boundText } from '../parts/words.ts';
import { isSamePart, judgements, type Judgement } from '../state/budgets.ts';
import type { Selection } from '../state/hoplineState.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import styles from './BudgetEditor.module.css';
import details from './details.module.css';

interface Props {
  readonly path: RequestPath;
  /** Null for the path's total. */
  readonly part: Selection | null;
  readonly name: 'Budget' | 'Ceiling';
}

/**
 * The three bounds of a hop, a boundary or a path, each a button that becomes a field where it stands.
 * Enter keeps, so does leaving it; Esc does not; an empty field takes the bound away.
 *
 *     BUDGET    [p50 ≤ 16 ms ▲ over]  [p95 ≤ …]  [p99 ≤ …]
 */
export function BudgetEditor({ path, part, name }: Props) {
  const isEditable = useHopline(({ opened }) => opened?.type === 'traces');
  const editing = useHopline(({ editing }) => editing);
  const [note, setNote] = useState<string | null>(null);
  const noteId = useId();
  const said = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (editing !== null || note !== null) said.current?.scrollIntoView({ block: 'nearest' });
  }, [editing, note]);
  const held = judgements(path).filter((each) => isSamePart(each.part, part));
  const shown = PERCENTILE_KEYS.filter((key) => isEditable || held.some(({ percentile }) => percentile === key));
  return (
    <section className={details.section}>
      <h3 className={pane.heading}>{name}</h3>
      {shown.length === 0 && <p className={details.note}>None.</p>}
      <ul className={details.chips}>
        {shown.map((key) => (
          <li key={key}>
            <Bound
              part={part}
              percentile={key}
              held={held.find(({ percentile }) => percentile === key)}
              isEditing={isEditable && editing === key}
              isEditable={isEditable}
              name={name}
              noteId={noteId}
              isFaulty={note !== null}
              onNote={setNote}
            />
          </li>
        ))}
      </ul>
      <output ref={said} className={`${details.note} ${styles.note}`} data-is-fault={note !== null || undefined}>
        <span id={noteId}>
          {note ?? (editing === null ? '' : 'Enter keeps, Esc does not, an empty field takes the bound away.')}
        </span>
      </output>
    </section>
  );
}

interface BoundProps {
  readonly part: Selection | null;
  readonly percentile: PercentileKey;
  readonly held: Judgement | undefined;
  readonly isEditing: boolean;
  readonly isEditable: boolean;
  readonly name: string;
  readonly noteId: string;
  readonly isFaulty: boolean;
  readonly onNote: (note: string | null) => void;
}

function Bound({ part, percentile, held, isEditing, isEditable, name, noteId, isFaulty, onNote }: BoundProps) {
  const { startEditing, stopEditing, setBudget, fail } = hopline.getState();
  const button = useRef<HTMLButtonElement>(null);
  const [isWaiting, setWaiting] = useState(false);
  /** Enter or Esc has ended it: the button gets the focus back, and the field that goes is not kept once more. */
  const isLeftByKey = useRef(false);
  useEffect(() => {
    if (isEditing || !isLeftByKey.current) return;
    isLeftByKey.current = false;
    // Unless it has gone elsewhere meanwhile.
    if (document.activeElement?.contains(button.current) === true) button.current?.focus();
  }, [isEditing]);

  /** What the field was left with, and is not kept: the note beside it goes with the field, where another part is chosen. */
  const refused = useRef('');
  useEffect(() => {
    if (!isEditing) return undefined;
    return () => {
      if (refused.current === '') return;
      fail(
        `${refused.current} was not kept as the ${name.toLowerCase()} at ${percentile}`,
        `Expected ${DURATION_EXPECTED}.`,
      );
      refused.current = '';
    };
  }, [isEditing, fail, name, percentile]);

  const stop = (): void => stopEditing(part, percentile);

  const keep = async (text: string, isByKey: boolean): Promise<void> => {
    if (isWaiting || isLeftByKey.current) return;
    const ms = text === '' ? null : parseDuration(text);
    refused.current = ms === null ? text : '';
    if (refused.current !== '') return onNote(`Expected ${DURATION_EXPECTED}, found ${text}.`);
    onNote(null);
    isLeftByKey.current = isByKey;
    if (ms === (held?.budgetMs ?? null)) return stop();
    setWaiting(true);
    onNote(await setBudget(part, percentile, ms === null ? null : writeDuration(ms)));
    setWaiting(false);
    stop();
  };

  if (isEditing) {
    return (
      <label className={styles.field}>
        {percentile} ≤
        <input
          ref={takeFocus}
          className={styles.input}
          aria-label={`${name} at ${percentile}`}
          aria-invalid={isFaulty}
          aria-describedby={noteId}
          defaultValue={held === undefined ? '' : writeDuration(held.budgetMs)}
          placeholder="16ms"
          maxLength={24}
          readOnly={isWaiting}
          autoComplete="off"
          spellCheck={false}
          onBlur={({ currentTarget }) => void keep(currentTarget.value.trim(), false)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            if (event.key === 'Enter') return void keep(event.currentTarget.value.trim(), true);
            if (isWaiting) return;
            isLeftByKey.current = true;
            refused.current = '';
            onNote(null);
            stop();
          }}
        />
      </label>
    );
  }
  const words =
    held === undefined ? (
      <>
        {percentile} ≤ …<span className={hidden.visually}> set a {name.toLowerCase()}</span>
      </>
    ) : (
      <>
        {percentile} ≤ {boundText(held.budgetMs)} <VerdictMark verdict={held.verdict} isSilent />
        <span className={held.verdict === 'over' ? undefined : hidden.visually}>
          {held.verdict === 'over' ? ' over' : `, ${VERDICT_WORDS[held.verdict]}`}
        </span>
      </>
    );
  if (!isEditable) {
    return (
      <span className={styles.chip} data-verdict={held?.verdict ?? 'none'}>
        {words}
      </span>
    );
  }
  return (
    <button
      ref={button}
      type="button"
      className={styles.chip}
      data-verdict={held?.verdict ?? 'none'}
      title={`Type a ${name.toLowerCase()} (b)`}
      onClick={() => {
        onNote(null);
        startEditing(part, percentile);
      }}
    >
      {words}
    </button>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
