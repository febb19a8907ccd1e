import type { Bug } from './bug.ts';

/** Mistakes of the sweep, in messages and in healing. */
export const OTHER_BUGS: readonly Bug[] = [
  {
    name: 'a plan that is in flight is never finished',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (isUnsettled(scaleHead, view.now)) return 'decision-unsettled';",
    replace: 'if (isUnsettled(scaleHead, view.now)) return undefined;',
  },
  {
    theme: 'unheard',
    name: 'the sweep sees nothing that fires',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (fires) return 'alarm-firing';",
    replace: '',
  },
  {
    name: 'the sweep leaves groups outside their bounds',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (state && isOutOfBounds(group, state)) return 'out-of-bounds';",
    replace: '',
    theme: 'bounds',
  },
  {
    name: 'the batch response has receipts instead of ids',
    file: 'shared/lambda/end-message.ts',
    find: '  }\n  return [messageId];\n};\n\n/** The ids to report as failed: none once',
    replace: '  }\n  return [receiptHandle];\n};\n\n/** The ids to report as failed: none once',
  },
  {
    name: 'a queue that does not change a visibility throws the whole batch',
    file: 'shared/lambda/end-message.ts',
    find: "      attempt: 'change its visibility',\n      error: asError(thrown),\n    });",
    replace:
      "      attempt: 'change its visibility',\n      error: asError(thrown),\n    });\n    throw thrown;",
  },
  {
    name: 'what cannot be understood is tried again for ever',
    file: 'shared/lambda/end-message.ts',
    find: 'await quarantine(body, problem);\n    return [];',
    replace: 'return [messageId];',
  },
  {
    name: 'good messages are put aside',
    file: 'shared/parse/alarm-event.ts',
    find: "fields.optionalText('AlarmContributorId', MAX_NAME)",
    replace: "fields.text('AlarmContributorId', MAX_NAME)",
  },
  {
    theme: 'untold',
    name: 'untold outcomes are forgotten by the sweep',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "(scaleHead.untold.length > 0 ? 'outcome-untold' : undefined)",
    replace: 'undefined',
  },
  {
    name: 'what was perhaps sent is sent again',
    file: 'shared/app/notify/drain-channel.ts',
    find: '(item) => line.state.sending.includes(item.key) && !mayRepeat(channel, item),',
    replace: '(item) => line.state.sending.includes(item.key) && item.key.length === 0,',
  },
  {
    name: 'what a channel did not take is forgotten',
    file: 'shared/app/notify/deliver.ts',
    find: "['refused', { kind: 'refused' }],",
    replace: "['refused', { kind: 'refused' }],\n  ['failed', { kind: 'dropped' }],",
  },
  {
    name: 'what is urgent is left out where a channel is broken',
    file: 'shared/app/notify/fail-over.ts',
    find: 'return isUrgent(news) && to !== undefined',
    replace: 'return news.at === 0 && to !== undefined',
  },
  {
    name: 'one sighting is enough',
    file: 'shared/domain/health/removal-candidates.ts',
    find: 'return since === undefined || now - since < waitMs ? undefined : since;',
    replace: 'return isFailing(target) && waitMs >= 0 ? (since ?? now) : undefined;',
  },
  {
    name: "the load balancer's own faults count as the target's",
    file: 'shared/domain/observed/target-states.ts',
    find: "['Elb.InternalError', false]",
    replace: "['Elb.InternalError', true]",
  },
  {
    name: 'the ceiling is not kept',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'isSick(target)).length > limit',
    replace: 'isSick(target)).length > limit + 99',
  },
  {
    name: 'the floor is not kept',
    file: 'shared/domain/health/guards/shares.ts',
    find: 'if (rest < needed.count) {',
    replace: 'if (rest < needed.count - 99) {',
  },
  {
    name: 'one replacement does not wait for the other',
    file: 'shared/domain/health/guards/pace.ts',
    find: 'if (absent === 0 || absent < sideBySide(state.capacityDesired)) return undefined;',
    replace: 'if (absent < sideBySide(state.capacityDesired) + 99) return undefined;',
  },
  {
    name: 'protected and special instances are replaced',
    file: 'shared/domain/observed/group-state.ts',
    find: "lifecycleState === 'InService' && isHealthy && !isProtected",
    replace: 'lifecycleState.length > 0 || (isHealthy && isProtected)',
  },
  {
    name: 'suspended processes are nothing to the healer',
    file: 'shared/domain/health/guards/guards.ts',
    find: 'NEEDED.find((name) => suspended.includes(name))',
    replace: "NEEDED.find((name) => suspended.includes(name + 's'))",
  },
  {
    name: 'removals in flight are never finished',
    file: 'shared/domain/sweep/decide-sweep.ts',
    find: "if (isUnsettled(healHead, view.now)) return 'decision-unsettled';",
    replace: 'if (isUnsettled(healHead, view.now)) return undefined;',
  },
  {
    name: 'a settlement forgets what was untold before',
    file: 'shared/app/lane/settle.ts',
    find: '[...planned.untold, ...(isNews ? [outcome] : [])]',
    replace: '[...(isNews ? [outcome] : [])]',
  },
  {
    name: 'trouble is told again whenever other alarms fire',
    file: 'shared/app/lane/hold.ts',
    find: 'isKnownTrouble(last, decision) ? [] : [outcomeOfHold(decision)]',
    replace: 'isKnownTrouble(undefined, decision) ? [] : [outcomeOfHold(decision)]',
  },
  {
    name: 'new trouble is taken for the old one',
    file: 'shared/domain/capacity/signature.ts',
    find: 'last?.trouble !== undefined && last.trouble === troubleOf(decision)',
    replace: 'last?.trouble !== undefined && troubleOf(decision) !== undefined',
  },
  {
    name: 'a message for several ends when one of its groups does',
    file: 'shared/app/lane/evaluate-groups.ts',
    find: 'return retries.find(({ isExpected }) => !isExpected) ?? retries[0] ?? done;',
    replace: 'return retries.length === dispositions.length ? (retries[0] ?? done) : done;',
  },
  {
    name: 'an alarm that has data again is always a new one',
    file: 'shared/domain/notify/open-incidents.ts',
    find: 'if (isRecovery(news)) return alarm?.isOpen !== true;',
    replace: 'if (isRecovery(news)) return true;',
  },
  {
    name: 'an end that waits makes a later one needless',
    file: 'shared/domain/notify/open-incidents.ts',
    find: "incidentOf(news).phase === 'opened'),",
    replace: "incidentOf(news).phase !== 'noted'),",
  },
];
