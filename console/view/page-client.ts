import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageAction, PageAnswer, PageData, StoryText } from '#console/page/data.ts';

/** The begin of a page: with its data inside, or live from the server that it came from. */
export type Boot =
  | Readonly<{ kind: 'report'; data: PageData }>
  | Readonly<{
      kind: 'live';
      everyMs: number;
      /** The front page of all deployments, from here; absent where there is none. */
      front?: string;
    }>;

/** The begin of the front page of several deployments. */
export type FrontBoot = Readonly<{ kind: 'front'; everyMs: number }>;

export type Seen<T> = Readonly<{
  data: T | undefined;
  /** The reason why nothing new comes. */
  lost: string | undefined;
  /** Looks again at once. */
  refresh: () => void;
}>;

/** The data of the page: what is inside, or the newest look of the server. */
export const useData = <T extends object>(
  boot:
    | Readonly<{ kind: 'report'; data: T }>
    | Readonly<{ kind: 'live' | 'front'; everyMs: number }>,
): Seen<T> => {
  const [data, setData] = useState(boot.kind === 'report' ? boot.data : undefined);
  const [lost, setLost] = useState<string>();
  const again = useRef(() => {});

  useEffect(() => {
    if (boot.kind === 'report') return;
    const watch = startWatch<T>(boot.everyMs, (found) => setData(found), setLost);
    again.current = watch.look;
    return watch.end;
  }, [boot]);

  return { data, lost, refresh: () => again.current() };
};

type Watch = Readonly<{ look: () => void; end: () => void }>;

/** Looks again and again, each time a while after the last answer has come. */
const startWatch = <T>(
  everyMs: number,
  found: (data: T) => void,
  lost: (why: string | undefined) => void,
): Watch => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      found(await getJson<T>('data'));
      lost(undefined);
    } catch (thrown) {
      lost(thrown instanceof Error ? thrown.message : String(thrown));
    }
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(look, everyMs);
  };
  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
  };
  const start = (): void => {
    look().catch(lost);
  };
  start();
  return { look: start, end };
};

const getJson = async <T>(path: string): Promise<T> => {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
};

/** Asks the server for a decision's story; nothing when it does not know it. */
export const fetchStory = async (group: string, id: string): Promise<StoryText | undefined> => {
  const query = new URLSearchParams({ group, id });
  return (await getJson<{ story?: StoryText }>(`story?${query}`)).story;
};

/** Asks the server to do something; it says what was done, or why not. */
export const sendAction = async (action: PageAction): Promise<PageAnswer> => {
  try {
    const response = await fetch('act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    if (!response.ok) return { isDone: false, text: await response.text() };
    return (await response.json()) as PageAnswer;
  } catch {
    return { isDone: false, text: 'the console does not answer', help: 'is it still running?' };
  }
};
