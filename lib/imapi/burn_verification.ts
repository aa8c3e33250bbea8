/** IBurnVerification, which has no dispatch interface: TypeScript reaches it, scripts do not. @module */

/** What is checked after a burn; not reachable from scripts, as on Windows. */
export interface IBurnVerification {
  /** How much is read back (IMAPI_BURN_VERIFICATION_LEVEL). */
  BurnVerificationLevel: number;
}
