import { z } from "zod";
import { exportSchema } from "~/shared/account";
import { attachmentPageSchema, attachmentSchema } from "~/shared/attachments";
import { privacySchema, tokenGrantSchema } from "~/shared/auth";
import { contactListSchema, contactSchema, personSchema } from "~/shared/contacts";
import { invitePreviewSchema, inviteSchema } from "~/shared/groups";
import { messagePageSchema, messageSchema } from "~/shared/messages";
import { doNotDisturbSchema } from "~/shared/notifications";
import { roomInput, roomSummarySchema } from "~/shared/rooms";
import { userSchema } from "~/shared/users";
import { sessionListSchema } from "./auth";
import { peopleFoundSchema, userListSchema } from "./contacts";
import { ada, attachment, bruno, contact, grant, message, problem } from "./examples";
import { inviteListSchema, memberListSchema } from "./groups";
import { messagesFoundSchema } from "./messages";
import { type Operation, otherFields, takesBody } from "./operation";
import { problemSchema } from "./problem";
import { roomListSchema } from "./rooms";

interface Named {
  schema: z.ZodType;
  example?: unknown;
}

/** What the document calls each thing that REST answers with, and what one looks like. */
const named: Record<string, Named> = {
  User: { schema: userSchema, example: ada },
  UserList: { schema: userListSchema, example: { items: [bruno], nextCursor: null } },
  Person: { schema: personSchema, example: { ...bruno, isContact: true, blockedByMe: false } },
  PeopleFound: { schema: peopleFoundSchema },
  Privacy: { schema: privacySchema, example: { sharesReading: false, sharesPresence: true } },
  Export: {
    schema: exportSchema,
    example: { url: "/api/export?token=eyJhbGciOiJIUzI1NiIs…" },
  },
  SessionList: { schema: sessionListSchema },
  TokenGrant: { schema: tokenGrantSchema, example: grant },
  Contact: { schema: contactSchema, example: contact },
  ContactList: { schema: contactListSchema, example: { items: [contact], nextCursor: null } },
  Room: { schema: roomSummarySchema },
  RoomList: { schema: roomListSchema },
  Group: { schema: roomInput },
  MemberList: { schema: memberListSchema },
  Invite: { schema: inviteSchema },
  InviteList: { schema: inviteListSchema },
  InvitePreview: { schema: invitePreviewSchema },
  MessagesFound: { schema: messagesFoundSchema },
  Message: { schema: messageSchema, example: message },
  Attachment: { schema: attachmentSchema, example: attachment },
  AttachmentPage: {
    schema: attachmentPageSchema,
    example: {
      items: [{ attachment, seq: 7, authorId: bruno.id, createdAt: message.createdAt }],
      rev: 7,
      nextCursor: null,
    },
  },
  MessagePage: {
    schema: messagePageSchema,
    example: { items: [message], rev: 7, lastSeq: 7, nextCursor: null },
  },
  DoNotDisturb: { schema: doNotDisturbSchema, example: { until: null } },
  Problem: { schema: problemSchema, example: problem },
};

const isJsonPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
};

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"]>;

/** JSON has no dates: they travel as text. JSON Schema has no regular expressions over sets of strings, like emoji. */
const toJson: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
  if (jsonSchema.pattern !== undefined && !isJsonPattern(jsonSchema.pattern)) delete jsonSchema.pattern;
};

const reference = (name: string): string => `#/components/schemas/${name}`;

const jsonSchemas = (registry: z.core.$ZodRegistry<{ id: string }>, io: "input" | "output"): object => {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: reference,
    unrepresentable: "any",
    override: toJson,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
};

/** The name of the schema that an operation answers with. */
export const answerName = ({ output }: Operation): string | undefined =>
  Object.keys(named).find((name) => named[name]?.schema === output);

/** What an answer of this name looks like, if there is an example. */
export const exampleOf = (name: string): unknown => named[name]?.example;

/** The name of the schema of an operation's body. */
export const bodyName = ({ id }: Operation): string => `${id[0]?.toUpperCase()}${id.slice(1)}Body`;

/** A field of the input as the document shows it. */
export const describeField = (schema: z.ZodType): object => {
  const { $schema, ...described } = z.toJSONSchema(schema, { io: "input", override: toJson });
  return described;
};

/** Every schema that the document names: the answers', and the bodies' of these operations. */
export const describeSchemas = (operations: Operation[]): object => {
  const answers = z.registry<{ id: string }>();
  for (const [id, { schema }] of Object.entries(named)) answers.add(schema, { id });
  const bodies = z.registry<{ id: string }>();
  for (const operation of operations.filter(takesBody)) {
    bodies.add(z.object(otherFields(operation)), { id: bodyName(operation) });
  }
  return { ...jsonSchemas(answers, "output"), ...jsonSchemas(bodies, "input") };
};
