import { X509Certificate } from 'node:crypto';
import { defineCommand } from '../../command.ts';
import { EasStatusError } from '../../errors.ts';
import { ValidateCertRequest, ValidateCertResponse } from '../../schema/validate-cert.ts';

/** [MS-ASCMD] 2.2.3.177.18. */
const certStatus = { success: 1, protocolError: 2, invalidSignature: 3, untrusted: 4, wrongChain: 5, notForMail: 6, expired: 7, periodsDiffer: 8, wrongUse: 9, missingInformation: 10, wrongRole: 11, nameMismatch: 12, revoked: 13, noRevocationServer: 14, chainRevoked: 15, unknownRevocation: 16, serverError: 17 } as const;
/** Certificates of one request, [MS-ASCMD] 3.1.5.10. */
const mostCertificates = 100;
/** id-kp-emailProtection and anyExtendedKeyUsage, RFC 5280 4.2.1.12. */
const mailUses: readonly string[] = ['1.3.6.1.5.5.7.3.4', '2.5.29.37.0'];

/** [MS-ASCMD] 2.2.1.22 ValidateCert: what a message was signed with is read, its time, its use, and the chain as far as the client sent it. */
export const validateCert = defineCommand({
  request: ValidateCertRequest,
  response: ValidateCertResponse,
  statusOfViolation: () => certStatus.protocolError,
  refusal: (Status) => ({ Status, Certificate: [] }),
}, async ({ Certificates, CertificateChain = [], CheckCrl }, context) => {
  const isTooMany = context.profile.limitsRequests && Certificates.length > mostCertificates;
  if (Certificates.length === 0 || isTooMany) throw new EasStatusError(certStatus.protocolError, `There are ${Certificates.length} certificates.`);
  const chain = CertificateChain.flatMap((bytes) => parse(bytes) ?? []);
  const now = context.clock.now();
  return { Status: certStatus.success, Certificate: Certificates.map((sent) => ({ Status: judge(parse(Buffer.from(sent, 'base64')), chain, now, CheckCrl === '1') })) };
});

function parse(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}

function judge(certificate: X509Certificate | undefined, chain: readonly X509Certificate[], now: number, checksRevocation: boolean): number {
  if (!certificate) return certStatus.invalidSignature;
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return certStatus.expired;
  const uses = (certificate.keyUsage as readonly string[] | undefined) ?? [];
  if (uses.length > 0 && !uses.some((use) => mailUses.includes(use))) return certStatus.notForMail;
  // The server trusts the roots that the client sends with the chain; others it has none.
  let at = certificate;
  for (const _step of chain) {
    if (isSelfSigned(at)) break;
    const issuer = chain.find((one) => at.checkIssued(one));
    if (!issuer) return certStatus.untrusted;
    if (!at.verify(issuer.publicKey)) return certStatus.invalidSignature;
    if (now < Date.parse(issuer.validFrom) || now > Date.parse(issuer.validTo)) return certStatus.expired;
    at = issuer;
  }
  if (!isSelfSigned(at) || !chain.some((one) => one.fingerprint256 === at.fingerprint256)) return certStatus.untrusted;
  return checksRevocation ? certStatus.noRevocationServer : certStatus.success;
}

const isSelfSigned = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
