import type { Group } from '#domain/configuration/configuration.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { hourlyPrice, PRICES_OF } from './price-table.ts';

/**
 * Computes what a change of capacity costs or saves in an hour: by the operators' own price, or by the bundled list
 * for groups of one instance type. Undefined when nobody knows.
 */
export const costOf = (
  { kind, capacity, instanceType }: Outcome,
  group: Group | undefined,
): string | undefined => {
  if (kind !== 'scaled' || capacity === undefined) return undefined;

  const change = capacity.to - capacity.from;
  const count = Math.abs(change);
  if (group?.instanceHour !== undefined) {
    return `${money(change * group.instanceHour)} an hour (${count} × ${group.instanceHour})`;
  }
  const price = instanceType === undefined ? undefined : hourlyPrice(instanceType);
  return price === undefined
    ? undefined
    : `${money(change * price, '$')} an hour (${count} × ${instanceType}, on demand in us-east-1, ${PRICES_OF})`;
};

const money = (amount: number, currency = ''): string =>
  `${amount < 0 ? '−' : '+'}${currency}${Math.abs(amount).toFixed(Math.abs(amount) < 1 ? 3 : 2)}`;
