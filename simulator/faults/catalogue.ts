/** A kind of fault, how often it strikes where it can, and what it stands for. */
export type FaultKind = Readonly<{
  id: string;
  sentence: string;
  /** Chance at each opportunity. */
  rate: number;
  /** It strikes in worlds with warm pools only, by their own stream of chance. */
  isOfPools?: true;
}>;

/** Everything that goes wrong around Tidegate, numbered as in docs/simulator.md. */
export const FAULTS: readonly FaultKind[] = [
  { id: 'F1', rate: 0.05, sentence: 'CloudWatch publishes a message twice' },
  { id: 'F2', rate: 0.05, sentence: 'SQS delivers a message twice, at the same time' },
  { id: 'F3', rate: 0.08, sentence: 'a message is late, up to forty minutes' },
  { id: 'F4', rate: 0.1, sentence: 'a message is lost between CloudWatch and the topic' },
  { id: 'F5', rate: 0.05, sentence: 'OK and ALARM arrive in the wrong order' },
  { id: 'F6', rate: 0.1, sentence: 'an alarm flaps every minute for a while' },
  { id: 'F7', rate: 0.02, sentence: 'a message that is no alarm, or not even JSON' },
  {
    id: 'F8',
    rate: 0.05,
    sentence: 'an alarm message of another shape: composite, log, EventBridge …',
  },
  { id: 'F9', rate: 0.015, sentence: 'Lambda kills a function before or after a call' },
  {
    id: 'F10',
    rate: 0.01,
    sentence: 'a call takes so long that the function runs into its time limit',
  },
  {
    id: 'F11',
    rate: 0.5,
    sentence: 'a call that was frozen with its environment finds its connection gone',
  },
  { id: 'F12', rate: 0.02, sentence: 'functions of two deployments run side by side' },
  { id: 'F13', rate: 0.03, sentence: 'AWS throttles a call' },
  { id: 'F14', rate: 0.02, sentence: 'the answer is lost after AWS has applied the call' },
  { id: 'F15', rate: 0.1, sentence: 'reads of groups lag up to a minute behind' },
  { id: 'F16', rate: 0.05, sentence: 'a group is busy, or its bounds change' },
  {
    id: 'F17',
    rate: 0.05,
    sentence: 'somebody else sets the desired capacity, or takes the tag off',
  },
  {
    id: 'F18',
    rate: 0.05,
    sentence: 'processes are suspended, instances stand by, a state is new',
  },
  { id: 'F19', rate: 0.05, sentence: 'launches fail, or instances boot slowly' },
  {
    id: 'F20',
    rate: 0.3,
    sentence: 'targets fail, one or many at once, for reasons of every kind',
  },
  { id: 'F21', rate: 0.1, sentence: 'metrics stop: an alarm has insufficient data' },
  { id: 'F22', rate: 0.05, sentence: 'an alarm is disabled, deleted, or in a state that is new' },
  { id: 'F23', rate: 0.02, sentence: 'the table throttles, or two transactions collide' },
  { id: 'F24', rate: 0.3, sentence: 'the clock of an environment is up to two seconds off' },
  { id: 'F25', rate: 0.03, sentence: 'a message becomes visible again while it is worked on' },
  { id: 'F26', rate: 0.05, sentence: 'dead letters are moved back to their queue' },
  { id: 'F27', rate: 0.1, sentence: 'a sweep is skipped, or runs twice' },
  { id: 'F28', rate: 0.1, sentence: 'Slack is down, too busy, or does not answer' },
  { id: 'F29', rate: 0.02, sentence: 'a secret cannot be read, so nothing can be sent' },
  { id: 'F30', rate: 0.01, sentence: 'a permission is missing' },
  { id: 'F31', rate: 0.005, sentence: 'the guard against recursion drops a message' },
  { id: 'F32', rate: 0.002, sentence: 'everything is down for some minutes' },
  { id: 'F33', rate: 0.01, sentence: 'the configuration changes while decisions are in flight' },
  { id: 'F34', rate: 0.3, sentence: 'a datapoint arrives up to three minutes late' },
  { id: 'F35', rate: 0.02, sentence: 'CloudWatch refuses to read a metric for some minutes' },
  { id: 'F36', rate: 0.3, sentence: 'one step of healing is refused for up to 25 minutes' },
  { id: 'F37', rate: 0.02, sentence: 'what the table holds of a group cannot be read for a while' },
  { id: 'F38', rate: 0.02, sentence: 'a target group is gone for some minutes' },
  {
    id: 'F39',
    rate: 0.02,
    sentence: 'a clock a day ahead has written what is remembered of a group',
  },
  { id: 'F40', rate: 0.3, sentence: 'a total arrives in parts, over up to three minutes' },
  { id: 'F41', rate: 0.1, sentence: 'somebody drills an alarm, a look or a channel' },
  {
    id: 'F42',
    rate: 0.08,
    sentence: 'a warm pool is refused for some minutes, or somebody else sets or deletes it',
    isOfPools: true,
  },
];

export const FAULT_IDS: readonly string[] = FAULTS.map(({ id }) => id);
