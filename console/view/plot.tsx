import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { PlotFrame } from '#console/page/place-marks.ts';
import { createPlot, toColumns } from './create-plot.ts';
import type { Drawn } from './drawn.ts';

type PlotProps = Drawn &
  Readonly<{
    setFrame: (frame: PlotFrame) => void;
    setCursor: (at: number | undefined) => void;
    zoom: (window: Drawn['window'] | undefined) => void;
  }>;

/** One uPlot: made once for a shape of chart, and given new values as they come. */
export const Plot = (props: PlotProps) => {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const { chart, times, window } = props;
  const shape = `${chart.isLogarithmic === true} ${chart.lines.map(({ name }) => name).join()}`;

  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const make = (): void => {
      plot.current?.destroy();
      plot.current = createPlot(place, () => latest.current);
    };
    make();
    const resizing = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      const now = plot.current;
      if (now !== undefined && width > 0 && width !== now.width) {
        now.setSize({ width, height: now.height });
      }
    });
    resizing.observe(place);
    // Colours are drawn, not styled: another scheme takes another plot.
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', make);
    return () => {
      resizing.disconnect();
      scheme.removeEventListener('change', make);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape]);

  useEffect(() => {
    plot.current?.setData(toColumns(latest.current));
  }, [chart, times, window.from, window.to]);

  return <div ref={box} class="canvas" aria-hidden="true" />;
};
