/** Outgoing interfaces: objects that fire events, and sinks that are connected to them. @module */
import type { InterfaceTable } from "./interface.ts";
import type { Variant } from "./variant.ts";

/** Under this key an object has its {@linkcode EventSource}. */
export const EVENTS: unique symbol = Symbol("events");

/** Receives the events of one object: the event's documented name, and its arguments. */
export type EventSink = (name: string, args: readonly Variant[]) => void;

/** The connection point of one object. Sinks are called in the order in which they connected. */
export class EventSource {
  readonly #sinks = new Set<EventSink>();

  /** @param table the event interface; only its members can be fired. */
  constructor(readonly table: InterfaceTable) {}

  /** The documented names of the events. */
  get names(): readonly string[] {
    return Object.keys(this.table.members);
  }

  /** Whether anybody listens, so that arguments need not be made when nobody does. */
  get hasSinks(): boolean {
    return this.#sinks.size > 0;
  }

  /** Connects a sink; the returned function disconnects it. */
  connect(sink: EventSink): () => void {
    this.#sinks.add(sink);
    return () => void this.#sinks.delete(sink);
  }

  /** Calls every sink. An error that a sink throws reaches the one who fired: the write that was going on stops. */
  fire(name: string, args: readonly Variant[]): void {
    if (!(name in this.table.members)) throw new RangeError(`${this.table.name} has no event "${name}"`);
    for (const sink of [...this.#sinks]) sink(name, args);
  }
}

/** An object that fires events. */
export interface Connectable {
  readonly [EVENTS]: EventSource;
}

/** Whether an object fires events. */
export function isConnectable(value: unknown): value is Connectable {
  return typeof value === "object" && value !== null && EVENTS in value;
}
