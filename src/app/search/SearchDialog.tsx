import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatInteger } from '../../base/format.ts';
import { shownName } from '../../layout/text.ts';
import hidden from '../parts/hidden.module.css';
import { Modal } from '../parts/Modal.tsx';
import { VirtualListbox } from '../parts/VirtualListbox.tsx';
import { lineName } from '../parts/words.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import styles from './SearchDialog.module.css';
import { searchFor, type Hit } from './searchFor.ts';
import { useFoundTraces } from './useFoundTraces.ts';

const ROW_HEIGHT = 34;

export function SearchDialog() {
  const isSearching = useHopline(({ isSearching }) => isSearching);
  const search = useHopline(({ search }) => search);
  if (!isSearching) return null;
  return (
    <Modal title="Search" onClose={() => search(false)}>
      <Search />
    </Modal>
  );
}

/** A text field over what it finds: the focus stays in the field, arrows move the choice (WAI-ARIA combobox with a listbox). */
function Search() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const searched = useDeferredValue(text);
  const { hits, isLooking } = useHits(searched);
  const isBehind = isLooking || searched !== text;
  /** Enter came before what is typed was looked for: it is for what will be found. */
  const [isEntered, setEntered] = useState(false);

  // Behind the dialog's own choice, which is its button.
  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    if (isEntered && !isBehind) take(hits[chosen]);
  }, [isEntered, isBehind, hits, chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setChosen(Math.max(0, Math.min(hits.length - 1, chosen + step)));
    else if (event.key === 'Enter' && isBehind) setEntered(true);
    else if (event.key === 'Enter') take(hits[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.search}>
      <input
        ref={field}
        role="combobox"
        aria-label="Search for a path, a hop, a boundary or a trace"
        aria-expanded={hits.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen < hits.length ? `${id}-${chosen}` : undefined}
        placeholder="a path, a hop, or how a trace id begins"
        autoComplete="off"
        spellCheck={false}
        className={styles.field}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
          setEntered(false);
        }}
        onKeyDown={onKeyDown}
      />
      {hits.length > 0 && (
        <VirtualListbox
          id={id}
          label="Found"
          className={styles.list}
          count={hits.length}
          rowHeight={ROW_HEIGHT}
          selected={chosen}
          onSelect={setChosen}
          onActivate={(index) => take(hits[index])}
        >
          {(index) => hits[index] !== undefined && <HitText hit={hits[index]} />}
        </VirtualListbox>
      )}
      <output className={hits.length === 0 ? styles.note : hidden.visually}>
        {isLooking ? '' : hits.length === 0 ? 'Nothing was found.' : `${formatInteger(hits.length)} found.`}
      </output>
    </div>
  );
}

/** Traces first: nobody types the beginning of an id for anything else. */
function useHits(text: string): { readonly hits: readonly Hit[]; readonly isLooking: boolean } {
  const opened = useHopline(({ opened }) => opened);
  const path = useHopline(currentPath);
  const { traces, isLooking } = useFoundTraces(opened, text);
  const parts = useMemo(() => searchFor(opened?.paths ?? [], path, text), [opened, path, text]);
  const hits = useMemo(() => [...traces.map((found): Hit => ({ type: 'trace', found })), ...parts], [traces, parts]);
  return { hits, isLooking };
}

function HitText({ hit }: { readonly hit: Hit }) {
  switch (hit.type) {
    case 'trace':
      return <Row name={hit.found.traceId} kind="trace" />;
    case 'path':
      return <Row name={shownName(hit.path.name)} kind="path" context={`entered at ${shownName(hit.path.entry)}`} />;
    case 'hop':
      return <Row name={shownName(hit.hop.id)} kind="hop" context={`in ${shownName(hit.path.name)}`} />;
    case 'boundary':
      return (
        <Row
          name={lineName(hit.boundary.from, hit.boundary.to)}
          kind="boundary"
          context={`in ${shownName(hit.path.name)}`}
        />
      );
  }
}

function Row({
  name,
  kind,
  context = '',
}: {
  readonly name: string;
  readonly kind: string;
  readonly context?: string;
}) {
  return (
    <div className={styles.hit} title={`${name} ${context}`}>
      <span className={styles.name}>{name}</span> <span className={styles.kind}>{kind}</span>{' '}
      <span className={styles.context}>{context}</span>
    </div>
  );
}

/** Closes the search and goes there. */
function take(hit: Hit | undefined): void {
  const state = hopline.getState();
  if (hit === undefined) return;
  state.search(false);
  if (hit.type === 'trace') return state.showTrace(hit.found.trace);
  if (hit.path !== currentPath(state)) state.choosePath(hit.path);
  if (hit.type === 'hop') state.select({ type: 'hop', id: hit.hop.id });
  if (hit.type === 'boundary') state.select({ type: 'boundary', from: hit.boundary.from, to: hit.boundary.to });
}
