import { acknowledgedWhenDone } from './acknowledged.ts';
import { nothingIsAhead } from './ahead.ts';
import { answeredByALook, answeredIsHeard, answeredWaitsAMinute } from './answered.ts';
import { partsShrinkNothing } from './arriving.ts';
import { boundsWaitForNothing } from './bounds-come-first.ts';
import {
  brokenChannelsKeepNews,
  brokenIsAskedTwice,
  newsIsNowhereNever,
} from './broken-channels.ts';
import {
  aRuleAskedForIt,
  asPlanned,
  notWhileBlind,
  notWhileFiring,
  onlyOurs,
  onlyWhileFiring,
  reckonsFromDesired,
  withinBounds,
} from './capacity.ts';
import { alarmsEnd, newsReachesItsChannels } from './channels.ts';
import type { Checker } from './check-world.ts';
import { cooldownsAreKept } from './cooldowns.ts';
import { drillsChangeNothing, nothingRealIsADrill, realAlarmsAreReal } from './drills.ts';
import { delaysAreInOrder, oneDueLookAMinute, valuesAreSeenSoon } from './due-looks.ts';
import { flapsAreDamped, flapsAreToldOnce } from './flapping.ts';
import { forecastsShrinkOnData } from './forecasts.ts';
import { nobodyIsLost, sickTargetsLeave, targetsComeBack } from './healed.ts';
import {
  healedMembersCarryTheirTags,
  membersTouchTheirOwn,
  targetsOfMembersAreLookedAt,
} from './healed-members.ts';
import {
  healFinishesTheOneBefore,
  healKeepsTheFloor,
  healLeavesSpecialInstances,
  healLeavesTheNew,
  healOnlyOurs,
  healOnlyTaggedTargetGroups,
  healRespectsProcesses,
  healSeesTheCommonCause,
  healWaitsForOthers,
} from './healing.ts';
import { nothingIsAddedInVain } from './launches.ts';
import { cooldownsBeginWithChanges, idsAreUnique, oneAtATime } from './ledger.ts';
import {
  endsWithinBounds,
  nothingStaysUntold,
  plansEnd,
  queuesDrain,
  reachesWhatRulesWant,
} from './liveness.ts';
import { looksAreNotLost } from './looks-between.ts';
import { busyGroupsAreSeenSoon, refusedIsNotDone } from './lost-answers.ts';
import {
  contestedGroupsAreNobodys,
  membersCarryTheirTags,
  membershipIsRight,
  membershipIsToldOnce,
  nobodyLeavesUnseen,
} from './members.ts';
import {
  actorsNeverSpeak,
  batchesNeverThrow,
  callsAreFew,
  deadLettersDeserveIt,
  nothingLeaks,
  responsesNameKnownIds,
  toldOnce,
} from './messages.ts';
import { messagesSayWhere, troubleSaysWhatToDo } from './messages-are-complete.ts';
import { errorsAreNoMissingData } from './metrics-were-read.ts';
import {
  correctionsAreRight,
  freshView,
  leavesTheProtected,
  notWhilePending,
  respectsPauses,
  respectsProcesses,
  waitsForOthers,
} from './moment.ts';
import { newsIsKept } from './news.ts';
import {
  nobodyGetsAPoolUnasked,
  poolsAreSetAsPlanned,
  poolsEndWithinBounds,
  refusedPoolsRest,
  refusedPoolsStopNothing,
} from './pool-ledger.ts';
import {
  poolsHeedWhatForbids,
  poolsPrepareWhatIsNeeded,
  poolsShrinkOnData,
  poolsStayWithinBounds,
} from './pools.ts';
import {
  healKeepsItsPace,
  healLeavesWhatAwsReplaces,
  oneStandsBy,
  onlyOursReturn,
  quarantinesEndInTime,
} from './quarantine-and-probation.ts';
import { limitsAreKept, limitsLetThrough, windowsAreKept } from './rates.ts';
import { recordsStopNothing } from './records.ts';
import { refusalsHarmNoOther } from './refused-metrics.ts';
import { everyCallChangesSomething, reversalsAreFew } from './reversals.ts';
import { reportsComeOnce, reportsReachTheirChannels } from './scheduled-reports.ts';
import { seenIsAskedFor } from './seen-is-asked-for.ts';
import { everyGroupIsSwept, shardsDivideTheGroups, staleShardsAreDropped } from './shards.ts';
import { healWaitsForASecondSight } from './sightings.ts';
import {
  awayHarmsNoOther,
  impairedPeersRaiseTheMinimum,
  lostLooksRaiseNothing,
  raisedMinimaEnd,
} from './standbys.ts';
import { stuckIsTold } from './stuck-instances.ts';
import { timedGroupsAreSeen } from './timed-groups-are-seen.ts';
import { removalsEnd } from './unfinished-removals.ts';
import { damageHarmsNoOther } from './unreadable-items.ts';
import { urgentIsTold } from './urgent-is-told.ts';
import { periodsAreWhole } from './whole-periods.ts';

/** Every promise that is checked in every run. */
export const CHECKERS: readonly Checker[] = [
  withinBounds,
  boundsWaitForNothing,
  aRuleAskedForIt,
  reckonsFromDesired,
  limitsAreKept,
  limitsLetThrough,
  windowsAreKept,
  nothingIsAddedInVain,
  onlyOurs,
  asPlanned,
  oneAtATime,
  idsAreUnique,
  cooldownsAreKept,
  cooldownsBeginWithChanges,
  notWhilePending,
  notWhileFiring,
  notWhileBlind,
  errorsAreNoMissingData,
  periodsAreWhole,
  refusalsHarmNoOther,
  damageHarmsNoOther,
  recordsStopNothing,
  forecastsShrinkOnData,
  partsShrinkNothing,
  onlyWhileFiring,
  poolsStayWithinBounds,
  poolsPrepareWhatIsNeeded,
  poolsShrinkOnData,
  poolsAreSetAsPlanned,
  refusedPoolsStopNothing,
  refusedPoolsRest,
  nobodyGetsAPoolUnasked,
  poolsHeedWhatForbids,
  healOnlyOurs,
  healOnlyTaggedTargetGroups,
  healKeepsTheFloor,
  healSeesTheCommonCause,
  healFinishesTheOneBefore,
  healWaitsForASecondSight,
  healLeavesSpecialInstances,
  healKeepsItsPace,
  healLeavesWhatAwsReplaces,
  oneStandsBy,
  quarantinesEndInTime,
  onlyOursReturn,
  respectsProcesses,
  respectsPauses,
  waitsForOthers,
  leavesTheProtected,
  correctionsAreRight,
  removalsEnd,
  healWaitsForOthers,
  healLeavesTheNew,
  healedMembersCarryTheirTags,
  membersTouchTheirOwn,
  healRespectsProcesses,
  freshView,
  acknowledgedWhenDone,
  answeredByALook,
  answeredIsHeard,
  responsesNameKnownIds,
  batchesNeverThrow,
  reversalsAreFew,
  flapsAreDamped,
  flapsAreToldOnce,
  everyCallChangesSomething,
  refusedIsNotDone,
  busyGroupsAreSeenSoon,
  toldOnce,
  actorsNeverSpeak,
  callsAreFew,
  nothingLeaks,
  queuesDrain,
  reachesWhatRulesWant,
  timedGroupsAreSeen,
  looksAreNotLost,
  answeredWaitsAMinute,
  oneDueLookAMinute,
  delaysAreInOrder,
  valuesAreSeenSoon,
  sickTargetsLeave,
  targetsOfMembersAreLookedAt,
  targetsComeBack,
  nobodyIsLost,
  endsWithinBounds,
  poolsEndWithinBounds,
  plansEnd,
  deadLettersDeserveIt,
  nothingStaysUntold,
  urgentIsTold,
  messagesSayWhere,
  troubleSaysWhatToDo,
  stuckIsTold,
  brokenIsAskedTwice,
  newsIsNowhereNever,
  brokenChannelsKeepNews,
  newsIsKept,
  newsReachesItsChannels,
  alarmsEnd,
  nothingIsAhead,
  drillsChangeNothing,
  realAlarmsAreReal,
  nothingRealIsADrill,
  reportsComeOnce,
  reportsReachTheirChannels,
  membersCarryTheirTags,
  contestedGroupsAreNobodys,
  nobodyLeavesUnseen,
  membershipIsToldOnce,
  membershipIsRight,
  lostLooksRaiseNothing,
  impairedPeersRaiseTheMinimum,
  awayHarmsNoOther,
  raisedMinimaEnd,
  shardsDivideTheGroups,
  staleShardsAreDropped,
  everyGroupIsSwept,
  seenIsAskedFor,
];
