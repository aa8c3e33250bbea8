/** VBScript's errors: numbers, messages, and where they happened. @module */
import { AutomationError } from "../automation/errors.ts";
import { RUNTIME_MESSAGES } from "../automation/runtime_messages.ts";

/** Messages of the compile errors, by number. */
export const COMPILE_MESSAGES: Readonly<Record<number, string>> = {
  1001: "Out of memory",
  1002: "Syntax error",
  1003: "Expected ':'",
  1005: "Expected '('",
  1006: "Expected ')'",
  1007: "Expected ']'",
  1010: "Expected identifier",
  1011: "Expected '='",
  1012: "Expected 'If'",
  1013: "Expected 'To'",
  1014: "Expected 'End'",
  1015: "Expected 'Function'",
  1016: "Expected 'Sub'",
  1017: "Expected 'Then'",
  1018: "Expected 'Wend'",
  1019: "Expected 'Loop'",
  1020: "Expected 'Next'",
  1021: "Expected 'Case'",
  1022: "Expected 'Select'",
  1023: "Expected expression",
  1024: "Expected statement",
  1025: "Expected end of statement",
  1026: "Expected integer constant",
  1027: "Expected 'While' or 'Until'",
  1028: "Expected 'While', 'Until' or end of statement",
  1029: "Expected 'With'",
  1030: "Identifier too long",
  1031: "Invalid number",
  1032: "Invalid character",
  1033: "Unterminated string constant",
  1034: "Unterminated comment",
  1037: "Invalid use of 'Me' keyword",
  1038: "'loop' without 'do'",
  1039: "Invalid 'exit' statement",
  1040: "Invalid 'for' loop control variable",
  1041: "Name redefined",
  1042: "Must be first statement on the line",
  1043: "Cannot assign to non-ByVal argument",
  1044: "Cannot use parentheses when calling a Sub",
  1045: "Expected literal constant",
  1046: "Expected 'In'",
  1047: "Expected 'Class'",
  1048: "Must be defined inside a Class",
  1049: "Expected Let or Set or Get in property declaration",
  1050: "Expected 'Property'",
  1051: "Number of arguments must be consistent across properties specification",
  1052: "Cannot have multiple default property/method in a Class",
  1053: "Class initialize or terminate do not have arguments",
  1054: "Property set or let must have at least one argument",
  1055: "Unexpected 'Next'",
  1056: "'Default' can be specified only on 'Property' or 'Function' or 'Sub'",
  1057: "'Default' specification must also specify 'Public'",
  1058: "'Default' specification can only be on Property Get",
};

/** HRESULTs that VBScript reports under numbers of its own. */
const HRESULT_NUMBERS: ReadonlyMap<number, number> = new Map(
  ([
    [0x80004001, 445], // E_NOTIMPL
    [0x80004002, 430], // E_NOINTERFACE
    [0x80020001, 438], // DISP_E_UNKNOWNINTERFACE
    [0x80020003, 438], // DISP_E_MEMBERNOTFOUND
    [0x80020004, 448], // DISP_E_PARAMNOTFOUND
    [0x80020005, 13], // DISP_E_TYPEMISMATCH
    [0x80020006, 438], // DISP_E_UNKNOWNNAME
    [0x80020007, 446], // DISP_E_NONAMEDARGS
    [0x80020008, 458], // DISP_E_BADVARTYPE
    [0x8002000A, 6], // DISP_E_OVERFLOW
    [0x8002000B, 9], // DISP_E_BADINDEX
    [0x8002000C, 447], // DISP_E_UNKNOWNLCID
    [0x8002000D, 10], // DISP_E_ARRAYISLOCKED
    [0x8002000E, 450], // DISP_E_BADPARAMCOUNT
    [0x8002000F, 449], // DISP_E_PARAMNOTOPTIONAL
    [0x80020011, 451], // DISP_E_NOTACOLLECTION
    [0x8002802F, 453], // TYPE_E_DLLFUNCTIONNOTFOUND
    [0x80028CA0, 13], // TYPE_E_TYPEMISMATCH
    [0x80028CA1, 9], // TYPE_E_OUTOFBOUNDS
    [0x80028CA2, 57], // TYPE_E_IOERROR
    [0x80028CA3, 322], // TYPE_E_CANTCREATETMPFILE
    [0x80030002, 432], // STG_E_FILENOTFOUND
    [0x80030003, 76], // STG_E_PATHNOTFOUND
    [0x80030004, 67], // STG_E_TOOMANYOPENFILES
    [0x80030005, 70], // STG_E_ACCESSDENIED
    [0x80030008, 7], // STG_E_INSUFFICIENTMEMORY
    [0x80030012, 67], // STG_E_NOMOREFILES
    [0x80030013, 70], // STG_E_DISKISWRITEPROTECTED
    [0x8003001D, 57], // STG_E_WRITEFAULT
    [0x8003001E, 57], // STG_E_READFAULT
    [0x80030020, 75], // STG_E_SHAREVIOLATION
    [0x80030021, 70], // STG_E_LOCKVIOLATION
    [0x80030050, 58], // STG_E_FILEALREADYEXISTS
    [0x80030070, 61], // STG_E_MEDIUMFULL
    [0x800300FC, 53], // STG_E_INVALIDNAME
    [0x80030100, 70], // STG_E_INUSE
    [0x80030101, 70], // STG_E_NOTCURRENT
    [0x80030103, 57], // STG_E_CANTSAVE
    [0x80040154, 429], // REGDB_E_CLASSNOTREG
    [0x800401E3, 429], // MK_E_UNAVAILABLE
    [0x800401E6, 432], // MK_E_INVALIDEXTENSION
    [0x800401EA, 432], // MK_E_CANTOPENFILE
    [0x800401F3, 429], // CO_E_CLASSSTRING
    [0x800401F5, 429], // CO_E_APPNOTFOUND
    [0x800401FE, 429], // CO_E_APPDIDNTREG
    [0x80070005, 70], // E_ACCESSDENIED
    [0x8007000E, 7], // E_OUTOFMEMORY
    [0x80070057, 5], // E_INVALIDARG
    [0x800706BA, 462], // RPC_S_SERVER_UNAVAILABLE
    [0x80080005, 429], // CO_E_SERVER_EXEC_FAILURE
  ] as const).map(([hresult, number]) => [hresult | 0, number] as const),
);

/** The number under which a script sees an error that a host raised. */
export function scriptNumber(number: number): number {
  const signed = number | 0;
  // FACILITY_CONTROL carries VBScript's own numbers in its low word.
  if ((signed & 0xFFFF0000) === (0x800A0000 | 0)) return signed & 0xFFFF;
  return HRESULT_NUMBERS.get(signed) ?? signed;
}

/** What `Err.Source` and cscript's messages call the engine. */
export const RUNTIME_SOURCE = "Microsoft VBScript runtime error";
/** The same for what the compiler finds. */
export const COMPILE_SOURCE = "Microsoft VBScript compilation error";

/** Where in a script something stands: from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A call that was going on when an error was raised. */
export interface StackFrame {
  /** The procedure that was running. */
  readonly procedure: string;
  /** The line that it was at, from 1. */
  readonly line: number;
  /** The file of that line. */
  readonly path: string;
}

/** Of a deep recursion, the innermost calls tell the story. */
const SHOWN_FRAMES = 12;
/** Scripts may be one line as a whole. */
const SHOWN_CHARACTERS = 200;

/** An error in a script: found by the compiler, or raised while running. */
export class VbsError extends AutomationError {
  /** Who found it. */
  readonly kind: "compile" | "runtime";
  /** The script's path, or "" when it has none. */
  path: string;
  /** The line, from 1; 0 while it is not known. */
  line: number;
  /** The column, from 1. */
  column: number;
  /** The text of that line. */
  sourceLine: string;
  /** Innermost call first. */
  readonly callStack: StackFrame[] = [];
  /** `Err.HelpFile` and `Err.HelpContext`. */
  help: { readonly file: string; readonly context: number } = { file: "", context: 0 };
  /** What would have been understood in place of an unknown name, or "". */
  suggestion = "";

  /** Makes an error whose place may become known later. */
  constructor(kind: "compile" | "runtime", number: number, message: string, options: {
    path?: string;
    line?: number;
    column?: number;
    sourceLine?: string;
    source?: string;
    cause?: unknown;
  } = {}) {
    super(number, message, {
      source: options.source ?? (kind === "compile" ? COMPILE_SOURCE : RUNTIME_SOURCE),
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    });
    this.kind = kind;
    this.path = options.path ?? "";
    this.line = options.line ?? 0;
    this.column = options.column ?? 0;
    this.sourceLine = options.sourceLine ?? "";
  }

  /** The message as cscript prints it: `full\path.vbs(12, 5) Microsoft VBScript runtime error: Type mismatch`. */
  format(): string {
    return `${this.path}(${this.line}, ${this.column}) ${this.source}: ${this.message}`;
  }

  /** The same with what cscript does not say: the line itself, what would have been understood, and the calls. */
  explain(): string {
    const lines = [this.format()];
    const shown = this.#shownLine();
    if (shown !== "") lines.push(`    ${shown}`);
    if (this.suggestion !== "") lines.push(`  did you mean "${this.suggestion}"?`);
    // The outermost frame alone says nothing that the first line has not said.
    const calls = this.callStack.length > 1 ? this.callStack : [];
    for (const { procedure, line, path } of calls.slice(0, SHOWN_FRAMES)) {
      lines.push(`  at ${procedure === "" ? "the script" : procedure} (${path}:${line})`);
    }
    if (calls.length > SHOWN_FRAMES) lines.push(`  and ${calls.length - SHOWN_FRAMES} more calls`);
    return lines.join("\n");
  }

  /** The source line, of a long one what is around the place. */
  #shownLine(): string {
    const { length } = this.sourceLine;
    const from = length <= SHOWN_CHARACTERS ? 0 : Math.max(0, this.column - 1 - SHOWN_CHARACTERS / 2);
    return this.sourceLine.slice(from, from + SHOWN_CHARACTERS).trim();
  }
}

/** A run-time error by number; `detail` follows its message as `: 'detail'`. */
export function runtimeError(number: number, detail?: string, suggestion = ""): VbsError {
  const message = RUNTIME_MESSAGES[number] ?? "Unknown runtime error";
  const error = new VbsError("runtime", number, detail === undefined ? message : `${message}: '${detail}'`);
  error.suggestion = suggestion;
  return error;
}

/** Raises a run-time error by number. */
export function raise(number: number, detail?: string): never {
  throw runtimeError(number, detail);
}

/** A compile error by number. */
export function compileError(number: number, position: Position): VbsError {
  return new VbsError("compile", number, COMPILE_MESSAGES[number] ?? "Syntax error", {
    line: position.line,
    column: position.column,
  });
}
