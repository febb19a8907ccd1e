/** An adjustment as AWS has it. */
export type AwsAdjustment = Readonly<{ type: string; amount: number }>;

/** `add 2`, `remove 10%`, `set 4`; nothing for an adjustment of 0, or of a type that nobody knows. */
export const thenOf = ({ type, amount }: AwsAdjustment): string | undefined => {
  if (type === 'ExactCapacity') return `set ${amount}`;
  if (amount === 0) return undefined;
  const verb = amount > 0 ? 'add' : 'remove';
  switch (type) {
    case 'ChangeInCapacity':
      return `${verb} ${Math.abs(amount)}`;
    case 'PercentChangeInCapacity':
      return `${verb} ${Math.abs(amount)}%`;
    default:
      return undefined;
  }
};
