import { readPage } from '#console/serve/bundle.ts';
import { startServer } from '#console/serve/server.ts';
import { type LiveSettings, startLiveDay } from './live-day.ts';

export type Served = LiveSettings &
  Readonly<{
    print: (line: string) => void;
    /** Resolves when the person has had enough. */
    untilEnded: Promise<void>;
  }>;

/** The page looks twice a second: as often as simulated minutes pass at the usual speeds. */
const EVERY_MS = 500;

/** Serves a live day as a page until the person ends it. */
export const serveLiveDay = async ({ print, untilEnded, ...settings }: Served): Promise<void> => {
  const day = startLiveDay(settings);
  const server = await startServer(day.source, {
    title: 'Tidegate, live',
    everyMs: EVERY_MS,
    assets: await readPage(),
    port: 0,
  });
  print(`Open this address; it answers on this machine alone:\n\n  ${server.address}\n`);
  print('Ctrl-C ends it.');
  try {
    await Promise.race([untilEnded, day.over]);
  } finally {
    day.end();
    await server.close();
  }
};
