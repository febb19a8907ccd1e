import { useMemo, useState } from 'preact/hooks';
import type { GroupData, Mark, PageData } from '#console/page/data.ts';
import { EVERYTHING, filterMarks } from '#console/page/filter-marks.ts';
import { type Span, spansFor, type TimeWindow, windowOf } from '#console/page/time-window.ts';
import { Decisions } from './decisions.tsx';
import { GroupNow } from './group-now.tsx';
import type { Act } from './overrides.tsx';
import { Story } from './story.tsx';
import { TimeLine } from './time-line.tsx';

type GroupPageProps = Readonly<{ group: GroupData; data: PageData; isLive: boolean; act: Act }>;

/** One group: how it is now, its time line, the decision that somebody points at, and all decisions. */
export const GroupPage = ({ group, data, isLive, act }: GroupPageProps) => {
  const [filter, setFilter] = useState(EVERYTHING);
  const [span, setSpan] = useState<Span>(isLive ? '3 h' : 'all');
  const [zoomed, zoom] = useState<TimeWindow>();
  const [pointed, point] = useState<string>();
  const [opened, open] = useState<string>();
  const marks = useMemo(() => filterMarks(group.marks, filter), [group.marks, filter]);
  const window = zoomed ?? windowOf(group.times, span);
  const told = toldOf(group.marks, pointed ?? opened);

  return (
    <main class="group">
      <div class={`side ${(pointed ?? opened) === undefined ? '' : 'telling'}`}>
        {group.status !== undefined && (
          <GroupNow group={group} now={data.now} controls={data.controls} act={act} />
        )}
        <Story
          group={group.name}
          mark={told}
          isNewest={pointed === undefined && opened === undefined}
          opened={opened}
          isLive={isLive}
          close={() => {
            open(undefined);
            point(undefined);
          }}
        />
      </div>
      <TimeLine
        group={group}
        events={data.events}
        marks={marks}
        window={window}
        spans={{
          all: spansFor(group.times),
          chosen: zoomed === undefined ? span : undefined,
          choose: (next) => {
            zoom(undefined);
            setSpan(next);
          },
          zoom,
        }}
        pointing={{ pointed, opened, point, open }}
      />
      <Decisions
        group={group}
        marks={marks}
        window={window}
        filter={filter}
        setFilter={setFilter}
        opened={opened}
        open={open}
      />
    </main>
  );
};

/** The decision that is told: the one that somebody points at or has opened, else the newest that did something. */
const toldOf = (marks: readonly Mark[], id: string | undefined): Mark | undefined =>
  marks.find((mark) => mark.id === id) ??
  marks.findLast(({ kind }) => kind !== 'held') ??
  marks.at(-1);
