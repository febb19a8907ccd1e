import { describe, expect, test } from '@jest/globals';
import { cookieOf, sessionIn } from '#fleet/application/session.ts';

const KEY = 'sixteen-letters!';
const sent = (visits: number, key = KEY): string => cookieOf({ visits }, key).split(';')[0]!;

describe('a session', () => {
  test('comes back as it was, whichever instance reads it', () => {
    expect(sessionIn(sent(7), KEY)).toEqual({ visits: 7 });
    expect(sessionIn(`theme=dark; ${sent(7)}; lang=en`, KEY)).toEqual({ visits: 7 });
  });

  test('is out of reach of scripts and of other sites', () => {
    expect(cookieOf({ visits: 1 }, KEY)).toMatch(
      /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
  });

  test.each([
    { what: 'no cookie', cookies: undefined },
    { what: 'another cookie', cookies: 'theme=dark' },
    { what: 'a cookie without a signature', cookies: 'session=Nw' },
    { what: 'a cookie that another key signed', cookies: sent(7, 'another-key-here') },
    {
      what: 'a value that was changed',
      cookies: sent(7).replace('Nw', Buffer.from('9').toString('base64url')),
    },
    { what: 'a signature that was cut', cookies: sent(7).slice(0, -1) },
    {
      what: 'a value that is no number',
      cookies: cookieOf({ visits: Number.NaN }, KEY).split(';')[0],
    },
  ])('is a new one for $what', ({ cookies }) => {
    expect(sessionIn(cookies, KEY)).toEqual({ visits: 0 });
  });
});
