/** A mailbox that must confirm its subscription. */
export type MailFacts = Readonly<{
  channel: string;
  address: string;
  status: 'confirmed' | 'pending' | 'missing';
}>;

/** A secret of a channel in Parameter Store, which is not read. */
export type WebhookFacts = Readonly<{
  channel: string;
  parameter: string;
  /** `SecureString` or another type; absent when there is no such parameter. */
  type?: string;
}>;
