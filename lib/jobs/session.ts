/** What every command and every TypeScript script starts from: recorders and drive letters. @module */
import { DriveMap, type DriveMapping, parseDriveMapping } from "../platform/drive_map.ts";
import { userProfile } from "../platform/user_profile.ts";
import type { VirtualSpec } from "../drive/virtual.ts";
import { discStatePath } from "../platform/disc_store.ts";
import { parseFault } from "../recorder/fault_text.ts";
import { isAllowed } from "../platform/permissions.ts";

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

/** The files of the virtual discs. */
export function discFiles({ virtual }: SessionOptions): string[] {
  return virtual.filter(({ medium }) => medium !== "none").flatMap(({ file }) => [file, discStatePath(file)]);
}

/**
 * Adds to virtual recorders what `--fault` has go wrong in them.
 *
 * @throws RangeError for a fault that cannot be read, or of a recorder that is not there.
 */
export function withFaults(
  virtual: readonly VirtualSpec[],
  texts: readonly string[],
): readonly VirtualSpec[] {
  const faults = texts.map(parseFault);
  const missing = faults.findIndex(({ recorder }) => recorder >= virtual.length);
  if (missing >= 0) {
    const there = virtual.length === 0
      ? "faults are for virtual recorders, and there is none; give one with --virtual"
      : `there is no virtual recorder ${faults[missing]!.recorder}, only 0 to ${virtual.length - 1}`;
    throw new RangeError(`The fault "${texts[missing]}" has nowhere to be: ${there}`);
  }
  return virtual.map((spec, index) => {
    const own = faults.filter(({ recorder }) => recorder === index).map(({ fault }) => fault);
    return own.length === 0 ? spec : { ...spec, faults: [...spec.faults ?? [], ...own] };
  });
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
  if (!isAllowed({ name: "env", variable: name })) return [];
  return (Deno.env.get(name) ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
}
