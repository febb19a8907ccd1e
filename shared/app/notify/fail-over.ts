import type { Broken } from '#domain/notify/channel-state.ts';
import { isUrgent, referenceOf } from '#domain/notify/news.ts';
import type { NoticeStatus, Waiting } from '#domain/notify/notice.ts';
import { withKnownAlarms } from '#domain/notify/open-incidents.ts';
import { atFallback } from '#domain/notify/routing.ts';
import { type Batch, type BatchResult, lostLease } from './batch.ts';
import type { NotifyPorts } from './ports.ts';

/**
 * Hands news of a broken channel on, as `nextDispatch` chose it: what is urgent goes to the next channel, and what the
 * channel cannot keep is dropped.
 */
export const failOver = async (
  { outbox, note, now }: NotifyPorts,
  { channel, lease, state, items }: Batch,
): Promise<BatchResult> => {
  const ended = items.map((item) => ({ item, ending: endingOf(item) }));
  const dropped = ended.filter(({ ending }) => ending.kind === 'dropped').length;
  const { broken } = state;
  const left = broken === undefined ? state : { ...state, broken: leavingOut(broken, dropped) };
  const next = withKnownAlarms(left, ended);
  // First there, then gone from here: nothing is nowhere in between, and queued twice is once.
  for (const to of new Set(ended.flatMap(({ ending }) => ending.to ?? []))) {
    const theirs = ended.filter(({ ending }) => ending.to === to);
    await outbox.enqueue(
      to,
      theirs.map(({ item }) => atFallback(item, to).item),
    );
  }
  if (!(await outbox.commit(lease, { state: next, ended, at: now() }))) throw lostLease(channel);

  for (const { item, ending } of ended) {
    const detail = ending.to === undefined ? (broken?.detail ?? '') : `to ${ending.to}`;
    const reference = referenceOf(item.news);
    note({ kind: 'notice', ending: ending.kind, reference, channel: channel.name, detail });
  }
  return { state: next, ended };
};

const endingOf = ({ news, fallbacks }: Waiting): NoticeStatus => {
  const [to] = fallbacks;
  return isUrgent(news) && to !== undefined ? { kind: 'failed-over', to } : { kind: 'dropped' };
};

const leavingOut = (broken: Broken, more: number): Broken => ({
  ...broken,
  leftOut: broken.leftOut + more,
});
