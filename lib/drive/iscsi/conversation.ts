/**
 * An iSCSI session seen as a conversation: a generator that asks for PDUs, sends PDUs and has commands executed, and does
 * no I/O itself. A connection carries it out; a test steps it by hand.
 *
 * @module
 */
import type { CommandRequest, Reply } from "../../mmc/request.ts";
import { type Pdu, PduError } from "./pdu.ts";

/** Who has logged in, and for what. */
export interface Login {
  readonly initiatorName: string;
  /** Names the initiator's session together with its name (RFC 7143, 4.4.3), in hexadecimal. */
  readonly isid: string;
  /** A discovery session only asks which targets there are. */
  readonly sessionType: "Normal" | "Discovery";
}

/** What a session wants of whoever carries it out. The data of a PDU or command may change after the next step. */
export type Step =
  | { readonly kind: "receive" }
  | { readonly kind: "send"; readonly pdu: Pdu }
  | { readonly kind: "loggedIn"; readonly login: Login }
  | { readonly kind: "execute"; readonly lun: number; readonly command: CommandRequest };

/** What comes back: the PDU for "receive", the reply for "execute", nothing for others. */
export type Answer = { readonly pdu: Pdu } | { readonly reply: Reply } | undefined;

/** A conversation that ends in a `T`, or with an error that ends the session. */
export type Conversation<T> = Generator<Step, T, Answer>;

/** The next PDU of the other side. */
export function* receive(): Conversation<Pdu> {
  const answer = yield { kind: "receive" };
  if (answer === undefined || !("pdu" in answer)) throw new TypeError("A session was given no PDU");
  return answer.pdu;
}

/** Has a unit execute a command. */
export function* execute(lun: number, command: CommandRequest): Conversation<Reply> {
  const answer = yield { kind: "execute", lun, command };
  if (answer === undefined || !("reply" in answer)) throw new TypeError("A session was given no reply");
  return answer.reply;
}

/** Sends a PDU. */
export function* send(pdu: Pdu): Conversation<void> {
  yield { kind: "send", pdu };
}

/** A PDU that may not come here. */
export function unexpected(pdu: Pdu, where: string): PduError {
  return new PduError(`A ${pdu.kind} PDU ${where}`);
}
