import { ANSWER_BUGS } from './answer-bugs.ts';
import type { Bug } from './bug.ts';
import { DECISION_BUGS } from './decision-bugs.ts';
import { DRILL_BUGS } from './drill-bugs.ts';
import { ENGINE_BUGS } from './engine-bugs.ts';
import { GATE_BUGS } from './gate-bugs.ts';
import { HEALTH_BUGS } from './health-bugs.ts';
import { LEDGER_BUGS } from './ledger-bugs.ts';
import { MEMBER_BUGS } from './member-bugs.ts';
import { MESSAGE_BUGS } from './message-bugs.ts';
import { OTHER_BUGS } from './other-bugs.ts';
import { POOL_BUGS } from './pool-bugs.ts';
import { READING_BUGS } from './reading-bugs.ts';
import { REPORT_BUGS } from './report-bugs.ts';
import { SHARD_BUGS } from './shard-bugs.ts';
import { SHELL_BUGS } from './shell-bugs.ts';
import { STANDBY_BUGS } from './standby-bugs.ts';

/** Mistakes that somebody could make; each must be noticed by a checker. */
export const BUGS: readonly Bug[] = [
  ...LEDGER_BUGS,
  ...DECISION_BUGS,
  ...OTHER_BUGS,
  ...SHELL_BUGS,
  ...ENGINE_BUGS,
  ...GATE_BUGS,
  ...HEALTH_BUGS,
  ...MESSAGE_BUGS,
  ...READING_BUGS,
  ...DRILL_BUGS,
  ...POOL_BUGS,
  ...REPORT_BUGS,
  ...MEMBER_BUGS,
  ...STANDBY_BUGS,
  ...SHARD_BUGS,
  ...ANSWER_BUGS,
];
