import type { Bug } from './bug.ts';

/** Mistakes by which a drill would be taken for real, or the other way about. */
export const DRILL_BUGS: readonly Bug[] = [
  {
    name: 'a drill is read as the alarm that it rehearses',
    file: 'shared/parse/evaluation-message.ts',
    find: 'if (isMarked(opened.value)) return parseDrill(opened.value);',
    replace: '',
  },
  {
    name: 'a mark that is null is no mark',
    file: 'shared/parse/drill.ts',
    find: 'Object.hasOwn(content, DRILL_MARK) || Object.hasOwn(envelope, DRILL_MARK)',
    replace: '(content[DRILL_MARK] ?? envelope[DRILL_MARK] ?? undefined) !== undefined',
  },
  {
    name: 'notify takes a drill for the alarm that it rehearses',
    file: 'shared/parse/news-message.ts',
    find: 'if (isMarked(opened.value)) {',
    replace: 'if (isMarked(opened.value) && isDrillNews(opened.value)) {',
  },
  {
    name: 'the message of a drill does not say that it is one',
    file: 'shared/domain/notify/describe-drill.ts',
    find: 'title: `Drill: $',
    replace: 'title: `$',
  },
];
