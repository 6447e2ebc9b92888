import type { Verdict } from '../../analyse/model.ts';
import hidden from './hidden.module.css';
import styles from './VerdictMark.module.css';

type State = Verdict | 'none';

/** Shape and colour, so that neither is needed alone; and words for those who see neither. */
const SHAPES: Record<State, string> = { over: '▲', near: '◆', within: '●', insufficient: '~', none: '○' };
export const VERDICT_WORDS: Record<State, string> = {
  over: 'over budget',
  near: 'close to its budget',
  within: 'within budget',
  insufficient: 'too few traces to judge',
  none: 'no budget',
};

interface Props {
  readonly verdict: Verdict | null;
  /** Where the words stand beside it anyway. */
  readonly isSilent?: boolean;
}

export function VerdictMark({ verdict, isSilent = false }: Props) {
  const state = verdict ?? 'none';
  return (
    <>
      <span className={styles.mark} data-state={state} aria-hidden="true" title={VERDICT_WORDS[state]}>
        {SHAPES[state]}
      </span>
      {!isSilent && <span className={hidden.visually}>{VERDICT_WORDS[state]}</span>}
    </>
  );
}
