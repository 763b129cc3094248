// The only door to jose. The build bundles jose into the package's one CommonJS file (tools/bundle.mjs), since jest's
// CommonJS loader cannot require ESM-only jose.
export { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } from 'jose';
