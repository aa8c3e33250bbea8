/** Runs in the guest: opens the recorder for exclusive use and prints the error's number, or 0. */
// deno-lint-ignore-file no-console -- its output is its result
import { AutomationError } from "../../../lib/automation/errors.ts";
import { listNativeRecorders } from "../../../lib/drive/native.ts";

try {
  listNativeRecorders()[0]?.open({ exclusive: true })[Symbol.dispose]();
  console.log("0");
} catch (error) {
  if (!(error instanceof AutomationError)) throw error;
  console.log(`${(error.number >>> 0).toString(16)} ${error.message}`);
}
