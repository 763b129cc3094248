import { base64, document, integer, list, optional, repeated, struct, text } from '@fauxchange/wbxml';

/** [MS-ASCMD] 2.2.1.22. */
export const ValidateCertRequest = document('ValidateCert:ValidateCert', struct('ValidateCert', {
  CertificateChain: optional(list('ValidateCert', 'Certificate', base64())),
  Certificates: list('ValidateCert', 'Certificate', text()),
  CheckCrl: optional(text({ oneOf: ['', '0', '1'] })),
}));
export const ValidateCertResponse = document('ValidateCert:ValidateCert', struct('ValidateCert', { Status: integer(), Certificate: repeated(struct('ValidateCert', { Status: optional(integer()) })) }));
