const MAX_URL = 700;

/**
 * An https address that can stand in any markup: with nothing in it that ends a link, an attribute or a
 * line. Undefined for any other.
 */
export const safeUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;

  const { href, protocol } = new URL(text);
  const isSafe =
    protocol === 'https:' && href.length <= MAX_URL && !/[\s<>|"'`\\(){}[\]]/.test(href);
  return isSafe ? href : undefined;
};
