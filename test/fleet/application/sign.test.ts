import { expect, test } from '@jest/globals';
import { signed } from '#fleet/application/sign.ts';

const KEYS = { keyId: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const LIST_USERS = {
  method: 'GET',
  path: '/',
  query: 'Action=ListUsers&Version=2010-05-08',
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: 'iam.amazonaws.com',
  },
  body: '',
};
const SCOPE = {
  region: 'us-east-1',
  service: 'iam',
  at: new Date(Date.UTC(2015, 7, 30, 12, 36)),
};

test('a request is signed as the example of AWS is', () => {
  expect(signed(LIST_USERS, SCOPE, KEYS)).toEqual({
    ...LIST_USERS.headers,
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  });
});

test('credentials that end carry their token, which is signed, too', () => {
  const found = signed(LIST_USERS, SCOPE, { ...KEYS, token: 'TOKEN' });
  expect(found['x-amz-security-token']).toBe('TOKEN');
  expect(found.authorization).toContain(
    'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,',
  );
});
