import type { Sample } from '#simulator/fleet/sample.ts';
import { coloured, decisionLine, frameLines, type Paint } from './live-view.ts';
import type { Mark } from './mark.ts';
import { newsworthy } from './newsworthy.ts';

export type Screen = Readonly<{
  /** True where somebody watches: a frame is drawn over the one before; elsewhere lines follow each other. */
  isLive: boolean;
  isSilent: boolean;
  width: number;
  paint: Paint;
  write: (text: string) => void;
}>;

type Seen = Readonly<{ samples: readonly Sample[]; marks: readonly Mark[] }>;

/** Shows what is new since the last time. */
export const createScreen = ({ isLive, isSilent, width, paint, write }: Screen) => {
  let shown = 0;
  const lines = (texts: readonly string[]): void =>
    write(texts.map((text) => `${text}\n`).join(''));

  const redraw = ({ samples, marks }: Seen): void => {
    const frame = frameLines({ samples, marks, width, paint });
    if (shown > 0) write(`\u001B[${shown}A\u001B[0J`);
    lines(frame);
    shown = frame.length;
  };
  const append = ({ marks }: Seen): void => {
    const news = newsworthy(marks);
    lines(news.slice(shown).map((mark) => coloured(mark, decisionLine(mark), paint)));
    shown = news.length;
  };

  return (seen: Seen): void => {
    if (isLive) redraw(seen);
    else if (!isSilent) append(seen);
  };
};
