/** Faults as people write them: `write@1000=3/0C/00`. @module */
import { OPCODE } from "../mmc/opcode.ts";
import type { Fault, FaultEffect } from "./faults.ts";

/** Commands by the names that faults use for them, and what they stand for. */
const COMMANDS: Readonly<Record<string, readonly number[]>> = {
  any: [],
  ready: [OPCODE.testUnitReady],
  inquiry: [OPCODE.inquiry],
  tray: [OPCODE.startStopUnit],
  lock: [OPCODE.preventAllowRemoval],
  config: [OPCODE.getConfiguration],
  event: [OPCODE.getEventStatus],
  disc: [OPCODE.readDiscInformation],
  track: [OPCODE.readTrackInformation],
  toc: [OPCODE.readToc],
  capacity: [OPCODE.readCapacity],
  formats: [OPCODE.readFormatCapacities],
  structure: [OPCODE.readDiscStructure, OPCODE.sendDiscStructure],
  mode: [OPCODE.modeSense10, OPCODE.modeSelect10],
  speed: [OPCODE.setStreaming, OPCODE.setCdSpeed, OPCODE.getPerformance],
  opc: [OPCODE.sendOpc],
  reserve: [OPCODE.reserveTrack],
  cue: [OPCODE.sendCueSheet],
  read: [OPCODE.read10, OPCODE.read12, OPCODE.readCd],
  write: [OPCODE.write10, OPCODE.write12],
  buffer: [OPCODE.readBufferCapacity],
  flush: [OPCODE.synchronizeCache],
  close: [OPCODE.closeTrackSession],
  blank: [OPCODE.blank],
  format: [OPCODE.formatUnit],
};

/** Effects by name; sense data and lengths have forms of their own. */
const EFFECTS: Readonly<Record<string, FaultEffect>> = {
  refused: { kind: "sense", sense: { key: 5, asc: 0x20, ascq: 0 } },
  busy: { kind: "busy" },
  hang: { kind: "timeout", executed: false },
  "hang-after": { kind: "timeout", executed: true },
  reset: { kind: "reset", executed: false },
  "reset-after": { kind: "reset", executed: true },
  flip: { kind: "corrupt" },
  removed: { kind: "removed" },
  unplugged: { kind: "gone" },
};

/** What a person is told of the form. */
export const FAULT_HELP =
  `--fault [N:]COMMAND[@LBA][#NTH][*TIMES]=EFFECT has something go wrong in virtual recorder N (0, the first,
when left out); it may repeat. What goes wrong is kept nowhere: without the option the recorder and its disc
are sound.

  COMMAND   ${wrapped(Object.keys(COMMANDS))},
            or an operation code such as 2Ah
  @LBA      only a command that touches this sector
  #NTH      only the nth such command, counted from 1; each one when left out
  *TIMES    so often, from the nth on
  EFFECT    K/AA/QQ      the drive refuses with this sense key, code and qualifier (hexadecimal)
            refused      it does not know the command
            busy         it says that it is busy
            hang         it does not answer; hang-after: it does what it is told and does not answer
            reset        the bus is reset under the command; reset-after: once it is carried out
            short:BYTES  only so much of its answer arrives
            flip         one bit of what is written or read is turned
            removed      the disc is taken out
            unplugged    the drive is gone, for this command and all that follow

  --fault write@1000=3/0C/00      sector 1000 cannot be written
  --fault read@1000=3/11/05       sector 1000 cannot be read
  --fault read@1000#1*2=3/11/00   it can, at the third try
  --fault write#20=reset          the 20th WRITE ends with a reset of the bus
  --fault opc=refused             a drive that does not know SEND OPC INFORMATION
  --fault 1:flush#1=unplugged     the second recorder is unplugged before its buffer is on the disc
`;

/**
 * Reads a fault.
 *
 * @throws RangeError that says what is wrong and which forms there are.
 */
export function parseFault(text: string): { recorder: number; fault: Fault } {
  const match = /^(?:(\d+):)?([a-z]+|[0-9a-f]{2}h)(?:@(\d+))?(?:#(\d+))?(?:\*(\d+))?=(.+)$/i.exec(text);
  if (match === null) {
    throw new RangeError(
      `A fault has the form COMMAND=EFFECT, such as write@1000=3/0C/00, but this is "${text}"; see burnscript help faults`,
    );
  }
  const [, recorder, command = "", lba, nth, times, effect = ""] = match;
  const opcodes = opcodesOf(command, text);
  return {
    recorder: Number(recorder ?? 0),
    fault: {
      ...(opcodes.length === 0 ? {} : { opcodes }),
      ...(lba === undefined ? {} : { lba: Number(lba) }),
      ...(nth === undefined ? {} : { nth: counted(nth, text) }),
      ...(times === undefined ? {} : { times: counted(times, text) }),
      effect: effectOf(effect, text),
    },
  };
}

function opcodesOf(command: string, text: string): readonly number[] {
  const name = command.toLowerCase();
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]!;
  if (/^[0-9a-f]{2}h$/.test(name)) return [parseInt(name, 16)];
  throw new RangeError(
    `There is no command "${command}" in the fault "${text}"; there are ${
      Object.keys(COMMANDS).join(", ")
    }, and codes ` +
      "such as 2Ah",
  );
}

function effectOf(effect: string, text: string): FaultEffect {
  const name = effect.toLowerCase();
  if (Object.hasOwn(EFFECTS, name)) return EFFECTS[name]!;
  const sense = /^([0-9a-f])\/([0-9a-f]{1,2})\/([0-9a-f]{1,2})$/.exec(name);
  if (sense !== null) {
    const [key = 0, asc = 0, ascq = 0] = sense.slice(1).map((part) => parseInt(part, 16));
    return { kind: "sense", sense: { key, asc, ascq } };
  }
  const short = /^short:(\d{1,6})$/.exec(name);
  if (short !== null) return { kind: "short", bytes: Number(short[1]) };
  throw new RangeError(
    `There is no effect "${effect}" in the fault "${text}"; there are ${
      Object.keys(EFFECTS).join(", ")
    }, short:BYTES, and ` +
      "sense data such as 3/0C/00",
  );
}

function counted(digits: string, text: string): number {
  if (Number(digits) > 0) return Number(digits);
  throw new RangeError(`Counting in the fault "${text}" begins at 1`);
}

function wrapped(words: readonly string[]): string {
  const lines: string[] = [""];
  for (const word of words) {
    const last = lines.at(-1)!;
    if (last.length + word.length > 95) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last}, ${word}`;
  }
  return lines.join(`,\n${" ".repeat(12)}`);
}
