import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Network } from './runtime.ts';

/** A network on which nothing goes wrong; every call takes so long there, and so long back. */
export const createSteadyNetwork = (timeline: Timeline, latencyMs: number): Network => ({
  carry: async (_trip, apply) => {
    if (latencyMs === 0) return apply();
    await timeline.sleep(latencyMs);
    const answer = await apply();
    await timeline.sleep(latencyMs);
    return answer;
  },
  thaw: () => undefined,
});
