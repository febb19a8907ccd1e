import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type { ImportedHealth } from '#parse/import/translation.ts';

/** The watch over the target groups of a group, which only tells people; nothing where none can be watched. */
export const healthOf = ({ servedBy }: SurveyedGroup): ImportedHealth | undefined => {
  const [first, ...others] = servedBy.filter(({ loadBalancer }) =>
    /^(?:app|net)\//.test(loadBalancer),
  );
  if (first === undefined) return undefined;
  const { targetGroup, loadBalancer } = first;
  const also = others.map((each) => ({
    targetGroup: each.targetGroup,
    loadBalancer: each.loadBalancer,
  }));
  return {
    value: {
      targetGroup,
      loadBalancer,
      ...(also.length === 0 ? {} : { also }),
      action: 'notify',
    },
    because:
      'People are told of targets that fail their health checks, and nothing is done. Without action, they are replaced one after the other.',
  };
};
