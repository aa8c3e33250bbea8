/** What every command and every TypeScript script starts from: recorders and drive letters. @module */
import { DriveMap, type DriveMapping, parseDriveMapping } from "../platform/drive_map.ts";
import { readVariable } from "../platform/environment.ts";
import { userProfile } from "../platform/user_profile.ts";
import type { VirtualSpec } from "../drive/virtual.ts";

/** The options that all commands share, as plain data, so that they can cross to another thread. */
export interface SessionOptions {
  /** The virtual recorders, in order; with any, the computer's own are not seen. */
  readonly virtual: readonly VirtualSpec[];
  /** The folders that drive letters stand for. */
  readonly maps: readonly DriveMapping[];
}

/**
 * The options of the environment (`BURNSCRIPT_VIRTUAL`, `BURNSCRIPT_MAP`, comma separated); what Deno's permissions
 * keep from us counts as not set.
 */
export function sessionOptionsFromEnvironment(): SessionOptions {
  return {
    virtual: variable("BURNSCRIPT_VIRTUAL").map(parseVirtualSpec),
    maps: variable("BURNSCRIPT_MAP").map((text) => parseDriveMapping(text, Deno.cwd())),
  };
}

/**
 * Parses `--virtual`'s `dvd+r=FILE`, or `none`: an empty drive needs no file.
 *
 * @throws RangeError when it has another form.
 */
export function parseVirtualSpec(text: string): VirtualSpec {
  if (text.toLowerCase() === "none") return { medium: "none", file: "none" };
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) {
    throw new RangeError(
      `A virtual disc has the form MEDIUM=FILE, such as dvd+r=disc.iso, but this is "${text}"`,
    );
  }
  return { medium: text.slice(0, at).toLowerCase(), file: text.slice(at + 1) };
}

/** The drive map of these options on this system. */
export function createDriveMap(options: SessionOptions): DriveMap {
  return new DriveMap(
    options.maps,
    Deno.build.os === "windows" ? "windows" : "posix",
    Deno.cwd,
    userProfile(),
  );
}

function variable(name: string): string[] {
  return (readVariable(name) ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
}
