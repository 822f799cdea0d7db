import { STATUS_CODES } from "node:http";
import type { ErrorReason } from "~/shared/errors";
import { problem } from "./examples";
import { type FileOperation, fileOperations } from "./file-operations";
import { restPath } from "./find-operation";
import { type Operation, otherFields, pathFields, tags, takesBody } from "./operation";
import { operations } from "./operations";
import { statusOfReason } from "./problem";
import { answerName, bodyName, describeField, describeSchemas, exampleOf } from "./schemas";

/** What a token can be refused for. */
const tokenRefusals: ErrorReason[] = [
  "NOT_SIGNED_IN",
  "TOKEN_EXPIRED",
  "TOKEN_INVALID",
  "TOKEN_ALGORITHM",
  "SESSION_ENDED",
];

/** By status, the codes that an answer comes with. */
type Refusals = Map<number, string[]>;

const byStatus = (codes: [status: number, code: string][]): Refusals => {
  const refusals: Refusals = new Map();
  for (const [status, code] of codes) refusals.set(status, [...(refusals.get(status) ?? []), code]);
  return refusals;
};

const withStatus = (reasons: ErrorReason[]) =>
  reasons.map((reason): [number, string] => [statusOfReason(reason), reason]);

/** Every answer of an operation but the good one. */
const refusalsOf = (operation: Operation): Refusals => {
  const ofBody: [number, string][] = [
    [400, "PARSE_ERROR"],
    [413, "PAYLOAD_TOO_LARGE"],
    [415, "UNSUPPORTED_MEDIA_TYPE"],
  ];
  const reasons: ErrorReason[] = [
    ...(operation.isPublic ? [] : tokenRefusals),
    ...(Object.keys(operation.input.shape).length > 0 ? (["INVALID_INPUT"] as const) : []),
    ...(operation.refusals ?? []),
    ...(operation.method === "get" ? [] : (["FORBIDDEN_ORIGIN"] as const)),
    "UNAVAILABLE",
  ];
  return byStatus([...(takesBody(operation) ? ofBody : []), ...withStatus(reasons)]);
};

/** HEAD answers with a status alone. */
const refusalsOfFile = ({ method, refusals }: FileOperation): Refusals => {
  if (method === "head") return new Map();
  const origin: ErrorReason[] = method === "get" ? [] : ["FORBIDDEN_ORIGIN"];
  return byStatus(withStatus([...tokenRefusals, ...refusals, ...origin, "UNAVAILABLE"]));
};

const describeRefusals = (refusals: Refusals): object =>
  Object.fromEntries([...refusals].map(([status, codes]) => [status, describeRefusal(status, codes)]));

const problemHeaders: Record<number, object> = {
  401: {
    "WWW-Authenticate": {
      description: "Bearer, and what is wrong with the token",
      schema: { type: "string" },
    },
  },
  429: {
    "Retry-After": { description: "Seconds until the next try can succeed", schema: { type: "integer" } },
  },
};

const describeRefusal = (status: number, codes: string[]): object => {
  const title = STATUS_CODES[status] ?? "";
  const examples = codes.map((code) => [code, { value: { ...problem, status, title, code } }]);
  return {
    description: `${title}: ${codes.join(", ")}`,
    ...(problemHeaders[status] && { headers: problemHeaders[status] }),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(examples),
      },
    },
  };
};

const describeAnswer = (operation: Operation): object => {
  const name = answerName(operation);
  const description = STATUS_CODES[operation.status] ?? "";
  if (name === undefined) return { description };
  const example = exampleOf(name);
  const content = {
    schema: { $ref: `#/components/schemas/${name}` },
    ...(example !== undefined && { example }),
  };
  return { description, content: { "application/json": content } };
};

const describeBody = (operation: Operation): object => {
  const { example } = operation;
  const content = {
    schema: { $ref: `#/components/schemas/${bodyName(operation)}` },
    ...(example && { example }),
  };
  return {
    required: true,
    content: {
      "application/json": content,
      ...(operation.takesForm && { "application/x-www-form-urlencoded": content }),
    },
  };
};

const describeParameters = (operation: Operation): object[] => {
  const inPath = pathFields(operation);
  const inQuery = takesBody(operation) ? [] : Object.keys(otherFields(operation));
  return [...inPath, ...inQuery].map((name) => {
    const field = operation.input.shape[name];
    const required = inPath.includes(name) || field?.safeParse(undefined).success === false;
    const example = operation.example?.[name];
    return {
      name,
      in: inPath.includes(name) ? "path" : "query",
      required,
      ...(field && { schema: describeField(field) }),
      ...(example !== undefined && { example }),
    };
  });
};

const describeOperation = (operation: Operation): object => {
  const parameters = describeParameters(operation);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.isPublic && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(takesBody(operation) && { requestBody: describeBody(operation) }),
    responses: { [operation.status]: describeAnswer(operation), ...describeRefusals(refusalsOf(operation)) },
  };
};

const describeFileOperation = (operation: FileOperation): object => {
  const { id, summary, parameters, requestBody, answers } = operation;
  return {
    operationId: id,
    tags: ["attachments"],
    summary,
    ...(parameters && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...answers, ...describeRefusals(refusalsOfFile(operation)) },
  };
};

const describePaths = (): Record<string, object> => {
  const paths: Record<string, object> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  for (const operation of fileOperations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describeFileOperation(operation),
    };
  }
  return paths;
};

/** The OpenAPI 3.1 document of everything that REST can do, read off the operations themselves. */
export const openApiDocument = (): object => ({
  openapi: "3.1.1",
  info: {
    title: "Charla",
    version: "1",
    summary: "A real-time chat",
    description:
      "Sign in, send the access token as `Authorization: Bearer …`, and every path is yours to use, with a slash at the end or without. Live messages come over the WebSocket at `/ws/{roomId}`; its frames are in docs/api.md.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: restPath }],
  tags: tags.map((name) => ({
    name,
    description: `Everything about ${name}`,
  })),
  security: [{ bearer: [] }],
  paths: describePaths(),
  components: {
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
    },
    schemas: describeSchemas(operations),
  },
});
