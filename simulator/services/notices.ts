import type { Notices } from '../../shared/app/notify-ports.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Claim, Notice } from '../../shared/domain/notice.ts';

type Stored = Readonly<{ status: string; token: string; at: Instant; until: Instant }>;

/** The table of DynamoDB as far as notices use it: one item for each, written conditionally. */
export const createNotices = (): Notices => {
  const stored = new Map<string, Stored>();
  let tokens = 0;

  const claimIf = (notice: Notice, now: Instant, isFree: (found?: Stored) => boolean): Claim => {
    const found = stored.get(keyOf(notice));
    if (!isFree(found)) return claimOf(found);

    tokens += 1;
    const token = `token-${tokens}`;
    stored.set(keyOf(notice), { status: 'claimed', token, at: now, until: 0 });
    return { kind: 'ours', token };
  };

  return {
    claim: async (notice, now) =>
      claimIf(
        notice,
        now,
        (found) => !found || (found.status === 'released' && found.until <= now),
      ),
    takeOver: async (notice, token, now) => claimIf(notice, now, (found) => isHeld(found, token)),
    end: async (notice, token, ending) => {
      if (!isHeld(stored.get(keyOf(notice)), token)) return;
      const until = ending.kind === 'released' ? ending.until : 0;
      stored.set(keyOf(notice), { status: ending.kind, token, at: ending.at, until });
    },
  };
};

const keyOf = ({ news, channel }: Notice): string => `${news}#${channel}`;

const isHeld = (found: Stored | undefined, token: string): boolean =>
  found?.status === 'claimed' && found.token === token;

const claimOf = (found: Stored | undefined): Claim => {
  if (found?.status === 'claimed') return { kind: 'taken', token: found.token, since: found.at };
  if (found?.status === 'released') return { kind: 'waiting', until: found.until };
  return { kind: 'closed' };
};
