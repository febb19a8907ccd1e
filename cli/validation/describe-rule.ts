import { describeAdjustment } from '../../shared/domain/adjust.ts';
import type { Rule } from '../../shared/domain/configuration.ts';

/** A rule as a sentence: `while cpu > 70 for 5m, add 2`. */
export const describeRule = ({ alarm, adjustment, onMissing }: Rule): string => {
  const when = alarm.kind === 'generated' ? alarm.condition.text : `your alarm ${alarm.name} fires`;
  const missing = onMissing === 'ignore' ? '; left out while it has no data' : '';

  return `while ${when}, ${describeAdjustment(adjustment)}${missing}`;
};
