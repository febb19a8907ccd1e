import type { HopPorts } from '#app/lane/acknowledge-drills.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { DrillNews } from '#domain/ledger/drill.ts';
import type { NotifyMessage } from './notify-operators.ts';

type Tell = (messages: readonly NotifyMessage[]) => Promise<readonly Disposition[]>;

/** Writes down that the news of a drill has arrived, and tells all news. A trace that cannot be written holds up no news. */
export const noteDrillNews =
  ({ keepHop, note, now }: HopPorts & Readonly<{ note: TakeNote }>, tell: Tell): Tell =>
  async (messages) => {
    const at = now();
    const drills = messages.flatMap((message) => (message.kind === 'drill' ? [message] : []));
    const keep = async (news: DrillNews): Promise<void> => {
      try {
        await keepHop({ drill: news.drill, hop: 'notify', ...aboutOf(news), receivedAt: at, at });
      } catch (thrown) {
        note({ kind: 'look-failed', group: `the drill ${news.drill}`, error: asError(thrown) });
      }
    };
    await Promise.all(drills.map(keep));
    return tell(messages);
  };

const aboutOf = (news: DrillNews) => ('would' in news ? { group: news.would.group } : {});
