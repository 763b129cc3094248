// The only door to jose. The CommonJS build replaces this module by one bundled file (tools/bundle.mjs), since jest's
// CommonJS loader cannot require ESM-only jose.
export { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } from 'jose';
