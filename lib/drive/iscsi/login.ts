/**
 * The login phase of a session, at the target (RFC 7143, chapter 6): who is there, what is wanted, and what both can do.
 * There is no authentication: whoever reaches the port may burn.
 *
 * @module
 */
import { type Conversation, type Login, receive, send, unexpected } from "./conversation.ts";
import { FLAG, PduError, type PduOf } from "./pdu.ts";
import {
  answerTo,
  DEFAULT_PARAMETERS,
  parseText,
  RECEIVE_BYTES_MAX,
  type SessionParameters,
  TEXT_BYTES_MAX,
  withAgreed,
  writeText,
} from "./text.ts";

/** Stages (RFC 7143, 11.12.3). */
const STAGE = { security: 0, operational: 1, fullFeature: 3 } as const;

/** Status class and detail of a Login Response (RFC 7143, 11.13.5). */
const STATUS = {
  success: 0x0000,
  initiatorError: 0x0200,
  authenticationFailed: 0x0201,
  notFound: 0x0203,
  unsupportedVersion: 0x0205,
  missingParameter: 0x0207,
  sessionTypeNotSupported: 0x0209,
  sessionDoesNotExist: 0x020a,
} as const;

/** More than any initiator needs. */
const ROUNDS_MAX = 16;

/** The target refused a login, and has told the initiator so. */
export class LoginRefused extends Error {
  override readonly name = "LoginRefused";
}

/** What a login led to. */
export interface LoginOutcome {
  readonly login: Login;
  readonly parameters: SessionParameters;
  readonly expCmdSn: number;
  readonly statSn: number;
}

/**
 * Takes a login to its end.
 *
 * @throws LoginRefused after the refusal was sent; PduError when what comes is no login.
 */
export function* logIn(
  { targetName, tsih }: { targetName: string; tsih: number },
): Conversation<LoginOutcome> {
  let statSn = 1;
  let parameters = DEFAULT_PARAMETERS;
  let login: Login | undefined;
  let isDeclared = false;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const request = yield* loginRequest();
    const { stage, nextStage, transit, text } = yield* wholeText(request, () => statSn++);
    const respond = function* (
      status: number,
      pairs: readonly (readonly [string, string])[] = [],
      done = false,
    ): Conversation<void> {
      yield* send(loginResponse(request, {
        statSn: statSn++,
        status,
        flags: status === STATUS.success ? (transit ? FLAG.final | nextStage : 0) | (stage << 2) : 0,
        tsih: done ? tsih : request.tsih,
        data: writeText(pairs),
      }));
    };
    const refuse = function* (status: number, reason: string): Conversation<never> {
      yield* respond(status);
      throw new LoginRefused(reason);
    };

    if (request.versionMin > 0) {
      return yield* refuse(STATUS.unsupportedVersion, "its iSCSI version is unknown");
    }
    if (request.tsih !== 0) {
      return yield* refuse(STATUS.sessionDoesNotExist, "a session has one connection here");
    }
    const answers: [string, string][] = [];
    if (login === undefined) {
      const asked = whoAndWhat(text, { targetName, isid: request.isid });
      if ("status" in asked) return yield* refuse(asked.status, asked.reason);
      login = asked;
      if (login.sessionType === "Normal") answers.push(["TargetPortalGroupTag", "1"]); // 13.9
    }
    for (const [key, offer] of text) {
      const answer = answerTo(key, offer);
      if (key === "AuthMethod" && answer === "Reject") {
        return yield* refuse(
          STATUS.authenticationFailed,
          "it insists on authentication, which there is none of",
        );
      }
      if (answer !== undefined) answers.push([key, answer]);
    }
    parameters = withAgreed(parameters, { agreed: new Map(answers), theirs: text });
    if (stage === STAGE.operational) {
      isDeclared ||= text.has("MaxRecvDataSegmentLength");
      // What we take has to be said even to an initiator that does not say what it takes.
      if (!isDeclared) answers.push(["MaxRecvDataSegmentLength", String(RECEIVE_BYTES_MAX)]);
      isDeclared = true;
    }
    if (transit && nextStage !== STAGE.operational && nextStage !== STAGE.fullFeature) {
      return yield* refuse(STATUS.initiatorError, `it wants to enter stage ${nextStage}`);
    }
    const done = transit && nextStage === STAGE.fullFeature;
    yield* respond(STATUS.success, answers, done);
    if (done) return { login, parameters, expCmdSn: request.cmdSn, statSn };
  }
  throw new PduError(`A login that does not end after ${ROUNDS_MAX} requests`);
}

function* loginRequest(): Conversation<PduOf<"loginRequest">> {
  const pdu = yield* receive();
  if (pdu.kind !== "loginRequest") throw unexpected(pdu, "before the login");
  return pdu;
}

/** The text of a request, with what its continuation requests add (RFC 7143, 6.2). */
function* wholeText(first: PduOf<"loginRequest">, nextStatSn: () => number): Conversation<{
  stage: number;
  nextStage: number;
  transit: boolean;
  text: Map<string, string>;
}> {
  let last = first;
  const parts = [first.data];
  let length = first.data.length;
  while ((last.flags & FLAG.continue) !== 0) {
    yield* send(loginResponse(last, {
      statSn: nextStatSn(),
      status: STATUS.success,
      flags: last.flags & 0x0c,
      tsih: last.tsih,
      data: new Uint8Array(0),
    }));
    last = yield* loginRequest();
    parts.push(last.data);
    // The count is bounded too: a continuation may be empty.
    if ((length += last.data.length) > TEXT_BYTES_MAX || parts.length > ROUNDS_MAX * 4) {
      throw new PduError(`Login text of more than ${TEXT_BYTES_MAX} bytes`);
    }
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  const stage = (last.flags >> 2) & 3;
  if (stage !== STAGE.security && stage !== STAGE.operational) {
    throw new PduError(`A login in stage ${stage}`);
  }
  return {
    stage,
    nextStage: last.flags & 3,
    transit: (last.flags & FLAG.final) !== 0,
    text: parseText(joined),
  };
}

/** What the first request has to say (RFC 7143, 6.1: InitiatorName, SessionType, TargetName). */
function whoAndWhat(
  text: ReadonlyMap<string, string>,
  { targetName, isid }: { targetName: string; isid: Uint8Array },
): Login | { status: number; reason: string } {
  const initiatorName = text.get("InitiatorName");
  if (initiatorName === undefined || initiatorName === "") {
    return { status: STATUS.missingParameter, reason: "it gives no InitiatorName" };
  }
  const sessionType = text.get("SessionType") ?? "Normal";
  if (sessionType !== "Normal" && sessionType !== "Discovery") {
    return {
      status: STATUS.sessionTypeNotSupported,
      reason: `its SessionType is ${JSON.stringify(sessionType)}`,
    };
  }
  const wanted = text.get("TargetName");
  if (sessionType === "Normal" && wanted === undefined) {
    return { status: STATUS.missingParameter, reason: "it gives no TargetName" };
  }
  if (sessionType === "Normal" && wanted?.toLowerCase() !== targetName.toLowerCase()) {
    return { status: STATUS.notFound, reason: `there is no target ${JSON.stringify(wanted)}` };
  }
  return {
    initiatorName,
    sessionType,
    isid: [...isid].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

function loginResponse(
  request: PduOf<"loginRequest">,
  { statSn, status, flags, tsih, data }: {
    statSn: number;
    status: number;
    flags: number;
    tsih: number;
    data: Uint8Array;
  },
): PduOf<"loginResponse"> {
  return {
    kind: "loginResponse",
    immediate: false,
    flags,
    versionMax: 0,
    versionActive: 0,
    isid: request.isid,
    tsih,
    taskTag: request.taskTag,
    statSn,
    // A login request is immediate: it does not advance CmdSN (RFC 7143, 4.2.2.1).
    expCmdSn: request.cmdSn,
    maxCmdSn: request.cmdSn,
    status,
    data,
  };
}
