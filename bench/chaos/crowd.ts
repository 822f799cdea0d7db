import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { withClient } from "~/server/infra/databases";
import type { Message } from "~/shared/messages";
import { type Account, type Addresses, Device, register } from "./person";
import type { Random } from "./random";
import { Screen } from "./screen";
import { until } from "./until";

/** An acknowledged message, as its author remembers it. */
export interface Ack {
  message: Message;
  /** From the first try to the acknowledgement. */
  ms: number;
  /** When it came. */
  at: number;
}

interface Member {
  device: Device;
  roomId: string;
  screen: Screen;
  /** Messages written so far. */
  count: number;
  stop: () => void;
}

export interface CrowdOptions {
  rooms: number;
  membersPerRoom: number;
  /** Between two messages of one person, on average, in milliseconds. */
  pauseMs: number;
}

/** A room in the database, with these people in it: the procedures to make groups are not what is tried here. */
export const makeRoom = async (databaseUrl: string, members: Account[]): Promise<string> => {
  const roomId = randomUUID();
  await withClient(databaseUrl, async (client) => {
    await client.query(`INSERT INTO "Room" ("id", "kind", "title") VALUES ($1, 'GROUP', 'chaos')`, [roomId]);
    await client.query(
      `INSERT INTO "Membership" ("roomId", "userId", "acceptedAt") SELECT $1, unnest($2::uuid[]), now()`,
      [roomId, members.map(({ userId }) => userId)],
    );
  });
  return roomId;
};

/** People in rooms, all of whom write, and see what the others write. Every other one sends over the WebSocket. */
export class Crowd {
  readonly members: Member[];
  readonly acks: Ack[] = [];
  /** Why tries failed, each of which was repeated. */
  readonly failures: string[] = [];
  /** Sends that were refused for good. */
  readonly refused: string[] = [];
  readonly #pauseMs: number;
  readonly #random: Random;
  #isWriting = false;
  #writers: Promise<void>[] = [];

  private constructor(members: Member[], pauseMs: number, random: Random) {
    this.members = members;
    this.#pauseMs = pauseMs;
    this.#random = random;
  }

  static async gather(
    rig: { urls: Addresses & { database: string } },
    random: Random,
    options: CrowdOptions,
  ): Promise<Crowd> {
    const members: Member[] = [];
    for (let room = 0; room < options.rooms; room += 1) {
      const accounts = await Promise.all(
        Array.from({ length: options.membersPerRoom }, () => register(rig.urls)),
      );
      const roomId = await makeRoom(rig.urls.database, accounts);
      for (const [index, account] of accounts.entries()) {
        const device = new Device(account, rig.urls, { sendsBySocket: index % 2 === 1 });
        const screen = new Screen();
        const stop = device.follow(roomId, () => screen.rev, screen.show);
        members.push({ device, roomId, screen, count: 0, stop });
      }
    }
    return new Crowd(members, options.pauseMs, random);
  }

  get roomIds(): string[] {
    return [...new Set(this.members.map(({ roomId }) => roomId))];
  }

  startWriting(): void {
    this.#isWriting = true;
    this.#writers = this.members.map((member) => this.#write(member));
  }

  /** Resolves once everything written is acknowledged. */
  async stopWriting(): Promise<void> {
    this.#isWriting = false;
    await Promise.all(this.#writers);
  }

  /** Resolves, once every screen shows all that is acknowledged by now, to the milliseconds that took. */
  converged(ms: number): Promise<number> {
    const due = new Map<string, number>();
    for (const { message } of this.acks) {
      due.set(message.roomId, Math.max(due.get(message.roomId) ?? 0, message.seq));
    }
    const isThere = ({ screen, roomId }: Member) => screen.lastSeq >= (due.get(roomId) ?? 0);
    return until("every screen shows all that was acknowledged", () => this.members.every(isThere), ms);
  }

  /** How long the slowest screen took to show each acknowledged message, from its acknowledgement, sorted. */
  deliveryMs(): number[] {
    const times = this.acks.flatMap(({ message, at }) =>
      this.members
        .filter(({ roomId }) => roomId === message.roomId)
        .map(({ screen }) => Math.max(0, (screen.shownAt.get(message.id) ?? Number.POSITIVE_INFINITY) - at)),
    );
    return times.sort((a, b) => a - b);
  }

  async leave(): Promise<void> {
    for (const { stop } of this.members) stop();
    await Promise.all(this.members.map(({ device }) => device.close()));
  }

  /** One message after the other, numbered, each sent until it is acknowledged. */
  async #write(member: Member): Promise<void> {
    const { device, roomId } = member;
    while (this.#isWriting) {
      member.count += 1;
      try {
        const { message, ms, failures } = await device.deliver(
          roomId,
          `${device.account.name} ${member.count}`,
        );
        this.acks.push({ message, ms, at: performance.now() });
        this.failures.push(...failures.map((reason) => `${device.door}: ${reason}`));
      } catch (error) {
        this.refused.push(String(error));
      }
      await sleep(this.#random.next() * 2 * this.#pauseMs);
    }
  }
}
