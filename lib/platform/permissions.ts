/** Deno's permissions. @module */

/** Whether something is allowed already; nobody is asked. */
export function isAllowed(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}
