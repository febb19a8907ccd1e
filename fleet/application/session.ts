import { createHmac, timingSafeEqual } from 'node:crypto';

/** A session, small enough for a cookie: it lives with the client, so that any instance can answer. */
export type Session = Readonly<{ visits: number }>;

const COOKIE = 'session';
const NEW: Session = { visits: 0 };

/** Reads the session of a request; one that was tampered with, or that another key signed, is a new one. */
export const sessionIn = (cookies: string | undefined, key: string): Session => {
  const cookie = (cookies ?? '')
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${COOKIE}=`));
  const [value = '', signature = ''] = (cookie ?? '').slice(COOKIE.length + 1).split('.');
  if (!isSame(signature, sign(value, key))) return NEW;

  const visits = Number(Buffer.from(value, 'base64url').toString());
  return Number.isSafeInteger(visits) ? { visits } : NEW;
};

/** The header that gives a session to the client; scripts of the page cannot read it. */
export const cookieOf = ({ visits }: Session, key: string): string => {
  const value = Buffer.from(String(visits)).toString('base64url');
  return `${COOKIE}=${value}.${sign(value, key)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`;
};

const sign = (value: string, key: string): string =>
  createHmac('sha256', key).update(value).digest('base64url');

const isSame = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};
