/** `shutdown`. @module */
import { CommandFailure } from "../signals.ts";

/**
 * Refuses: the system's own command of that name reads Windows' switches as others (`-r -t 3600` is at once there), and a job
 * that was written for another computer is not to end this one. By its path the system's own is there.
 */
export function shutdown(): never {
  throw new CommandFailure(
    "shutdown: this computer is not shut down or restarted by Windows' command; name the system's own by its path, such as " +
      "/sbin/shutdown -r +5.",
  );
}
