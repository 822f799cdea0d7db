import { TRPCError } from "@trpc/server";
import type { z } from "zod";
import type { createCaller } from "~/server/trpc/root";
import type { ErrorReason } from "~/shared/errors";

type Api = ReturnType<typeof createCaller>;

/** The nouns of the document, in its order. */
export const tags = [
  "auth",
  "account",
  "contacts",
  "rooms",
  "groups",
  "messages",
  "attachments",
  "notifications",
] as const;
type Tag = (typeof tags)[number];

/** What REST and the OpenAPI document say of one operation, besides its types. */
interface Description {
  method: "get" | "post" | "put" | "delete";
  /** Under /api. `{name}` stands for a field of the input; the others come by query (GET) or in the body. */
  path: string;
  /** The operationId, and the first part of the names of its schemas. */
  id: string;
  tag: Tag;
  summary: string;
  status: 200 | 201 | 204;
  /** For anybody; the others are for whoever brings an access token. */
  isPublic?: boolean;
  /** Its body may come as a form too, as OAuth 2's password flow sends it. */
  takesForm?: boolean;
  /** What it can be refused for, besides a wrong token and a wrong input. */
  refusals?: ErrorReason[];
}

interface Spec<Input extends z.ZodObject, Output extends z.ZodType> extends Description {
  input: Input;
  output: Output;
  /** A body, for the document. */
  example?: Partial<z.input<Input>>;
  /** The procedure that does it. */
  call: (api: Api, input: z.output<Input>) => Promise<z.output<Output>>;
}

export interface Operation extends Description {
  input: z.ZodObject;
  output: z.ZodType;
  example?: Record<string, unknown>;
  /** Checks `input` and calls the procedure. */
  run: (api: Api, input: unknown) => Promise<unknown>;
}

/** An operation of REST: a URL for a procedure, with the types of both checked against each other. */
export const operation = <Input extends z.ZodObject, Output extends z.ZodType>({
  call,
  ...description
}: Spec<Input, Output>): Operation => ({
  ...description,
  run: (api, given) => {
    const { data, error } = description.input.safeParse(given);
    if (error) throw new TRPCError({ code: "BAD_REQUEST", cause: error });
    return call(api, data);
  },
});

/** The fields of the input that stand in the path. */
export const pathFields = ({ path }: Pick<Operation, "path">): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** The fields of the input that come by query or in the body. */
export const otherFields = ({ path, input }: Operation): Record<string, z.ZodType> => {
  const inPath = pathFields({ path });
  return Object.fromEntries(Object.entries(input.shape).filter(([name]) => !inPath.includes(name)));
};

/** Whether its other fields come in the body. */
export const takesBody = (operation: Operation): boolean =>
  (operation.method === "post" || operation.method === "put") &&
  Object.keys(otherFields(operation)).length > 0;
