import {
  type ACMClient,
  type CertificateDetail,
  DescribeCertificateCommand,
} from '@aws-sdk/client-acm';
import type { CertificateFacts } from '#domain/doctor/checkup.ts';

/** Reads certificates of ACM; those of IAM have another kind of ARN, and are left out. */
export const readCertificates = (
  client: ACMClient,
  arns: readonly string[],
): Promise<readonly CertificateFacts[]> =>
  Promise.all(
    [...new Set(arns)]
      .filter((arn) => arn.split(':')[2] === 'acm')
      .map(async (arn) => {
        const { Certificate = {} } = await client.send(
          new DescribeCertificateCommand({ CertificateArn: arn }),
        );
        return factsOf(arn, Certificate);
      }),
  );

const factsOf = (arn: string, certificate: CertificateDetail): CertificateFacts => ({
  arn,
  domain: certificate.DomainName ?? arn,
  isRenewed: certificate.Type === 'AMAZON_ISSUED' && certificate.RenewalEligibility === 'ELIGIBLE',
  ...(certificate.NotAfter === undefined ? {} : { expiresAt: certificate.NotAfter.getTime() }),
});
