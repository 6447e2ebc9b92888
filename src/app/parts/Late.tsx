import { useEffect, useState, type ComponentType } from 'react';

interface Props {
  /** Imports what is shown. */
  readonly load: () => Promise<ComponentType>;
  /** It did not come: whoever shows this tells it and takes this away. */
  readonly onMissing: (error: unknown) => void;
}

/**
 * A part of the page whose code is loaded when it is first shown. Not React's `lazy`: where a server has ended, that
 * takes the whole page down with it and never asks again; this asks each time that it is shown.
 */
export function Late({ load, onMissing }: Props) {
  const [Part, setPart] = useState<ComponentType | null>(null);
  useEffect(() => {
    let isShown = true;
    load().then(
      (loaded) => {
        if (isShown) setPart(() => loaded);
      },
      (error: unknown) => {
        if (isShown) onMissing(error);
      },
    );
    return () => {
      isShown = false;
    };
  }, [load, onMissing]);
  return Part === null ? null : <Part />;
}
