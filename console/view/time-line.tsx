import { useState } from 'preact/hooks';
import type { Chart, GroupData, Mark, WorldEvent } from '#console/page/data.ts';
import { formatValue } from '#console/page/format-value.ts';
import { overrideBands } from '#console/page/override-bands.ts';
import type { PlotFrame } from '#console/page/place-marks.ts';
import { bandText } from '#console/page/pool-text.ts';
import { clockOf, placeAt, type Span, type TimeWindow } from '#console/page/time-window.ts';
import { Marks, type Pointing } from './marks.tsx';
import { Plot } from './plot.tsx';

type Spans = Readonly<{
  all: readonly Span[];
  /** Absent while a part is zoomed that no span names. */
  chosen: Span | undefined;
  choose: (span: Span) => void;
  zoom: (window: TimeWindow | undefined) => void;
}>;

type TimeLineProps = Readonly<{
  group: GroupData;
  events: readonly WorldEvent[];
  marks: readonly Mark[];
  window: TimeWindow;
  spans: Spans;
  pointing: Pointing;
}>;

/** The charts of a group over one time line, with its decisions as marks. */
export const TimeLine = ({ group, events, marks, window, spans, pointing }: TimeLineProps) => {
  const [cursor, setCursor] = useState<number>();
  const pointed = marks.find(({ id }) => id === pointing.pointed)?.at;
  const at = pointed ?? cursor;
  const place = at === undefined ? undefined : placeAt(group.times, at);
  return (
    <section class="time-line panel" aria-label={`Time line of ${group.name}`}>
      <div class="list-head">
        <p class="moment">
          {place === undefined ? 'newest values' : `${clockOf(group.times[place] ?? 0)} UTC`}
        </p>
        <fieldset class="spans buttons" aria-label="Time shown">
          {spans.all.map((span) => (
            <button
              key={span}
              type="button"
              aria-pressed={span === spans.chosen}
              onClick={() => spans.choose(span)}
            >
              {span}
            </button>
          ))}
        </fieldset>
      </div>
      {group.charts.map((chart) => (
        <ChartBlock
          key={`${chart.kind} ${chart.title}`}
          chart={chart}
          group={group}
          events={events}
          marks={marks}
          window={window}
          place={place}
          zoom={spans.zoom}
          setCursor={setCursor}
          pointing={pointing}
        />
      ))}
    </section>
  );
};

type BlockProps = Readonly<{
  chart: Chart;
  group: GroupData;
  events: readonly WorldEvent[];
  marks: readonly Mark[];
  window: TimeWindow;
  place: number | undefined;
  zoom: (window: TimeWindow | undefined) => void;
  setCursor: (at: number | undefined) => void;
  pointing: Pointing;
}>;

const ChartBlock = (props: BlockProps) => {
  const { chart, group, events, marks, window, place, zoom, setCursor, pointing } = props;
  const [frame, setFrame] = useState<PlotFrame>();
  return (
    <figure class="chart">
      <figcaption>
        <b>{chart.title}</b> <small>{chart.unit}</small>
        <span class="readout">
          {chart.lines.map(({ name, values }, index) => (
            <span key={name} class={`value line-${index}`}>
              {chart.lines.length > 1 && `${name} `}
              <b>{formatValue(valueAt(values, place))}</b>
            </span>
          ))}
        </span>
        <BandText chart={chart} times={group.times} window={window} />
      </figcaption>
      <div class="plot">
        <Plot
          chart={chart}
          times={group.times}
          window={window}
          events={events}
          bands={overrideBands(group)}
          setFrame={setFrame}
          setCursor={setCursor}
          zoom={zoom}
        />
        {chart.kind === 'marks' && frame !== undefined && (
          <Marks
            marks={marks}
            times={group.times}
            chart={chart}
            window={window}
            frame={frame}
            pointing={pointing}
          />
        )}
      </div>
    </figure>
  );
};

type BandProps = Readonly<{ chart: Chart; times: readonly number[]; window: TimeWindow }>;

/** A band in words: charts are hidden from screen readers. */
const BandText = ({ chart, times, window }: BandProps) => {
  const text = bandText(chart, times, window);
  return text === undefined ? null : <span class="for-readers">{text}</span>;
};

/** The value at a place, or the newest one that there is. */
const valueAt = (values: readonly (number | null)[], place: number | undefined) =>
  place === undefined ? values.findLast((value) => value !== null) : values[place];
