import { useEffect } from 'react';
import { shownName } from '../../layout/text.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';

/** A tab and a bookmark are named for the path that they show. A component, so that the page is not rendered for it. */
export function DocumentTitle() {
  const name = useHopline((state) => currentPath(state)?.name);
  useEffect(() => {
    document.title = name === undefined ? 'Hopline' : `${shownName(name)} · Hopline`;
  }, [name]);
  return null;
}
