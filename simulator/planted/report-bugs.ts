import type { Bug } from './bug.ts';

/** Mistakes by which a scheduled report would come twice, at a wrong time, or not at all. */
export const REPORT_BUGS: readonly Bug[] = [
  {
    name: 'the due time of a report is reckoned back from now by the clock on the wall',
    file: 'shared/domain/report/due-report.ts',
    find: 'return instantOf(timezone, newest - daysSince(every.weekday, newest) * DAY_MS);',
    replace: 'return now - (local - newest) - daysSince(every.weekday, newest) * DAY_MS;',
  },
  {
    name: 'the first look tells the report of the time before it',
    file: 'shared/domain/report/due-report.ts',
    find: "if (!isKnown) return { kind: 'begin', mark };",
    replace: "if (!isKnown) return { kind: 'tell', since: lastDue(schedule, at - 1), mark };",
  },
  {
    name: 'a report is marked before it is sent',
    file: 'shared/app/report/tell-report.ts',
    find: 'const { since, mark } = step;',
    replace: 'const { since, mark } = step;\n    await ports.writeMark(before, mark);',
  },
  {
    name: 'a late report is gathered with other news',
    file: 'shared/domain/notify/next-dispatch.ts',
    find: "item.news.kind !== 'report' &&",
    replace: '',
    theme: 'report',
  },
  {
    name: 'a report has the time of its sending as its key',
    file: 'shared/app/report/tell-report.ts',
    find: 'at: span.until,',
    replace: 'at: ports.now(),',
  },
];
