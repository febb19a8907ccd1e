/**
 * The price of a stopped instance beside a running one: its volumes. 6.5 % is what the comparison assumed that the
 * design of docs/warm-pool.md rests on; 30 GB of gp3 at $0.08 (https://aws.amazon.com/ebs/pricing/) are as much of an
 * instance of $37 a month.
 */
export const STOPPED_SHARE = 0.065;
