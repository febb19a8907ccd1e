import { useState } from 'preact/hooks';
import type { GroupData, Mark } from '#console/page/data.ts';
import { csvOf, jsonOf } from '#console/page/export-page.ts';
import { countKinds, type MarkFilter, toggleKind } from '#console/page/filter-marks.ts';
import { kindOfMark, MARK_KINDS } from '#console/page/mark-kinds.ts';
import { exactClockOf, type TimeWindow } from '#console/page/time-window.ts';

type DecisionsProps = Readonly<{
  group: GroupData;
  /** Those that the filter lets through. */
  marks: readonly Mark[];
  window: TimeWindow;
  filter: MarkFilter;
  setFilter: (filter: MarkFilter) => void;
  opened: string | undefined;
  open: (id: string) => void;
}>;

/** More rows than this are shown on demand. */
const FIRST_ROWS = 24;

/** The decisions of the window as a list, the newest first, with the filter and the export. */
export const Decisions = (props: DecisionsProps) => {
  const { group, marks, window, filter, setFilter, opened, open } = props;
  const [most, setMost] = useState(FIRST_ROWS);
  const inWindow = marks.filter(({ at }) => at >= window.from && at <= window.to).toReversed();
  return (
    <section class="decisions panel" aria-label="Decisions">
      <div class="list-head">
        <h2>Decisions</h2>
        <Export group={group} marks={marks} window={window} />
      </div>
      <Filter all={group.marks} filter={filter} setFilter={setFilter} />
      <ol>
        {inWindow.slice(0, most).map((mark) => (
          <Row key={mark.id} mark={mark} isOpened={mark.id === opened} open={open} />
        ))}
      </ol>
      {inWindow.length === 0 && <p class="none">No decision of this time passes the filter.</p>}
      {inWindow.length > most && (
        <button type="button" onClick={() => setMost(most + 200)}>
          {inWindow.length - most} more
        </button>
      )}
    </section>
  );
};

type RowProps = Readonly<{ mark: Mark; isOpened: boolean; open: (id: string) => void }>;

const Row = ({ mark, isOpened, open }: RowProps) => {
  const kind = kindOfMark(mark);
  return (
    <li class={kind}>
      <button type="button" aria-pressed={isOpened} onClick={() => open(mark.id)}>
        <time class="when">{exactClockOf(mark.at)}</time>
        <span class={`sign ${kind}`} title={MARK_KINDS[kind].name}>
          {MARK_KINDS[kind].sign}
        </span>
        <span>{mark.summary}</span>
      </button>
    </li>
  );
};

type FilterProps = Readonly<{
  all: readonly Mark[];
  filter: MarkFilter;
  setFilter: (filter: MarkFilter) => void;
}>;

const Filter = ({ all, filter, setFilter }: FilterProps) => (
  <search aria-label="Filter of decisions" class="filter">
    {countKinds(all).map(({ kind, count }) => (
      <label key={kind} class={`kind ${kind}`}>
        <input
          type="checkbox"
          checked={!filter.without.includes(kind)}
          onChange={() => setFilter(toggleKind(filter, kind))}
        />
        <span class={`sign ${kind}`} aria-hidden="true">
          {MARK_KINDS[kind].sign}
        </span>
        {MARK_KINDS[kind].name} <small>{count}</small>
      </label>
    ))}
    <label class="words">
      <span class="for-readers">with the words</span>
      <input
        type="search"
        placeholder="words, such as cooldown"
        value={filter.words}
        onInput={(event) => setFilter({ ...filter, words: event.currentTarget.value })}
      />
    </label>
  </search>
);

type ExportProps = Pick<DecisionsProps, 'group' | 'marks' | 'window'>;

const Export = ({ group, marks, window }: ExportProps) => {
  const shown = { group, marks, window };
  return (
    <fieldset class="buttons" aria-label="Export what is shown">
      <button type="button" onClick={() => save(`${group.name}.csv`, 'text/csv', csvOf(shown))}>
        CSV
      </button>
      <button
        type="button"
        onClick={() => save(`${group.name}.json`, 'application/json', jsonOf(shown))}
      >
        JSON
      </button>
    </fieldset>
  );
};

const save = (name: string, type: string, text: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
