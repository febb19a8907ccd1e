import { useEffect, useRef, useState } from 'preact/hooks';
import type { Mark, StoryText } from '#console/page/data.ts';
import { kindOfMark, MARK_KINDS } from '#console/page/mark-kinds.ts';
import { dateOf, exactClockOf } from '#console/page/time-window.ts';
import { fetchStory } from './page-client.ts';

type StoryProps = Readonly<{
  group: string;
  mark: Mark | undefined;
  /** It is the newest decision, which nobody asked for. */
  isNewest: boolean;
  /** The id of the decision that somebody has opened, which another one may be told above. */
  opened: string | undefined;
  isLive: boolean;
  close: () => void;
}>;

/** A decision as `tidegate why` tells it. */
export const Story = ({ group, mark, isNewest, opened, isLive, close }: StoryProps) => {
  const story = useStory({ group, mark, isLive });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (opened !== undefined) heading.current?.focus({ preventScroll: true });
  }, [opened]);
  if (mark === undefined) return null;

  const kind = kindOfMark(mark);
  const isOpened = opened !== undefined;
  return (
    <aside class={`story ${isOpened ? 'opened' : ''}`} aria-label="Decision">
      <div class={`panel ${kind}`}>
        <p class="panel-head">
          <span class={`sign ${kind}`} aria-hidden="true">
            {MARK_KINDS[kind].sign}
          </span>
          {isNewest ? 'Latest change' : MARK_KINDS[kind].name}
          <time class="when" title={dateOf(mark.at)}>
            {exactClockOf(mark.at)}
          </time>
          {!isNewest && (
            <button type="button" class="close" aria-label="Close the decision" onClick={close}>
              ×
            </button>
          )}
        </p>
        <h2 ref={heading} tabIndex={-1}>
          {mark.summary}
        </h2>
        <StoryParts story={story} mark={mark} />
      </div>
    </aside>
  );
};

const StoryParts = ({ story, mark }: Readonly<{ story: StoryText | undefined; mark: Mark }>) => (
  <>
    <dl class="parts">
      {(story?.parts ?? []).map(({ word, texts }) => (
        <div key={word} class={`part ${word}`}>
          <dt>{word}</dt>
          <dd>
            {texts.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
    <p class="byline">{story?.byline ?? `${mark.id} (${mark.reason})`}</p>
  </>
);

type Asked = Readonly<{ group: string; mark: Mark | undefined; isLive: boolean }>;

/** The pointer may run over many marks: a story is asked for when it has rested for so long. */
const REST_MS = 120;

/** The story of a mark: the one that the page has inside, or the server's, which is asked for once. */
const useStory = ({ group, mark, isLive }: Asked): StoryText | undefined => {
  const known = useRef(new Map<string, StoryText>());
  const [, redraw] = useState(0);
  // A decision in flight ends: then its story has another end, too.
  const key = mark === undefined ? '' : `${group} ${mark.id} ${mark.kind}`;

  useEffect(() => {
    if (mark === undefined || mark.story !== undefined || !isLive) return;
    if (known.current.has(key)) return;
    const timer = setTimeout(async () => {
      const story = await fetchStory(group, mark.id).catch(() => undefined);
      if (story === undefined) return;
      known.current.set(key, story);
      redraw((count) => count + 1);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [key, isLive]);
  return mark?.story ?? known.current.get(key);
};
