/**
 * What the OpenAPI document says of files as bytes. `attachment-server.ts` answers these: no procedure takes or gives a
 * stream. The contract test holds it to what is said here.
 */
import type { ErrorReason } from "~/shared/errors";
import { attachmentMaxBytes } from "~/shared/limits";

/** An operation whose body, or whose answer, is a file's bytes. */
export interface FileOperation {
  method: "get" | "head" | "post" | "patch" | "delete";
  path: string;
  id: string;
  summary: string;
  status: 200 | 201 | 204;
  refusals: ErrorReason[];
  /** In OpenAPI's words. */
  parameters?: object[];
  requestBody?: object;
  /** Every answer that is no refusal of ours, by status. */
  answers: Record<number, object>;
}

const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
const binary = { type: "string", format: "binary" };

const header = (name: string, description: string, schema: object, isRequired = true): object => ({
  name,
  in: "header",
  required: isRequired,
  description,
  schema,
});
const headers = (described: Record<string, string>): object =>
  Object.fromEntries(
    Object.entries(described).map(([name, description]) => [
      name,
      { description, schema: { type: "string" } },
    ]),
  );

/** Why a file is not taken, once it is here. */
const imageRefusals: ErrorReason[] = ["IMAGE_TOO_LARGE", "IMAGE_UNREADABLE", "IMAGE_UNSUPPORTED"];

const bytes = { "*/*": { schema: binary } };
const fileHeaders = headers({
  ETag: "Changes with the file, that is never",
  "Content-Disposition": "Its name, and whether it may be shown in place",
  "Accept-Ranges": "bytes",
});

const download = (path: string, name: string, summary: string): FileOperation => ({
  method: "get",
  path,
  id: name,
  summary,
  status: 200,
  refusals: ["ATTACHMENT_NOT_FOUND"],
  parameters: [
    id,
    header("Range", "One range of bytes, as `bytes=0-99`", { type: "string" }, false),
    header("If-None-Match", "The ETag of what one has", { type: "string" }, false),
  ],
  answers: {
    200: { description: "The file", headers: fileHeaders, content: bytes },
    206: { description: "The part that was asked for", headers: fileHeaders, content: bytes },
    304: { description: "It is what one has" },
    416: { description: "It has no such part" },
  },
});

const tusVersion = header("Tus-Resumable", "The version of the protocol", {
  type: "string",
  enum: ["1.0.0"],
});
const offset = headers({ "Upload-Offset": "How many bytes are here" });
/** The protocol's own refusals, in plain text. */
const tusRefusals = {
  400: { description: "A header of the protocol is wrong" },
  412: { description: "Another version" },
};

export const fileOperations: FileOperation[] = [
  {
    method: "post",
    path: "/attachments",
    id: "uploadAttachment",
    summary: "Store a file for a room, in one request; a message then brings it by its id, within 50 minutes",
    status: 201,
    refusals: [
      "INVALID_INPUT",
      "ROOM_NOT_FOUND",
      "ATTACHMENT_EMPTY",
      "ATTACHMENT_TOO_LARGE",
      "ATTACHMENT_QUOTA",
      "RATE_LIMITED",
      "STORAGE_FULL",
      ...imageRefusals,
    ],
    requestBody: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            required: ["roomId", "file"],
            properties: {
              roomId: { type: "string", format: "uuid" },
              file: { ...binary, description: `${attachmentMaxBytes} bytes at most` },
              voice: {
                type: "string",
                description: "With a voice message: its length and how loud it is, in JSON",
              },
            },
          },
        },
      },
    },
    answers: {
      201: {
        description: "Created",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Attachment" } } },
      },
    },
  },
  download("/attachments/{id}", "downloadAttachment", "A file of a room of mine, or a part of it"),
  download(
    "/attachments/{id}/thumbnail",
    "downloadThumbnail",
    "A smaller picture of one, in WebP; the file itself where there is none",
  ),
  {
    method: "post",
    path: "/uploads",
    id: "beginUpload",
    summary: "Begin a resumable upload, by tus 1.0; the last part of its URL is the id of the file",
    status: 201,
    refusals: [
      "INVALID_INPUT",
      "ROOM_NOT_FOUND",
      "ATTACHMENT_EMPTY",
      "ATTACHMENT_TOO_LARGE",
      "ATTACHMENT_QUOTA",
      "RATE_LIMITED",
      "STORAGE_FULL",
    ],
    parameters: [
      tusVersion,
      header("Upload-Length", "Bytes of the file", { type: "integer", maximum: attachmentMaxBytes }),
      header(
        "Upload-Metadata",
        "`roomId`, `name` and `type`, each followed by its value in base64, with commas between",
        {
          type: "string",
        },
      ),
    ],
    answers: {
      201: { description: "Created", headers: headers({ Location: "Where its bytes go" }) },
      ...tusRefusals,
    },
  },
  {
    method: "head",
    path: "/uploads/{id}",
    id: "inspectUpload",
    summary: "How much of an upload is here; all of it is, once the file is stored",
    status: 200,
    refusals: [],
    parameters: [id, tusVersion],
    answers: {
      200: { description: "Its state", headers: offset },
      401: { description: "NOT_SIGNED_IN, or what is wrong with the token" },
      404: { description: "ATTACHMENT_NOT_FOUND: gone, or not mine" },
      ...tusRefusals,
    },
  },
  {
    method: "patch",
    path: "/uploads/{id}",
    id: "continueUpload",
    summary: "Send the bytes from an offset on; the last of them make the file",
    status: 204,
    refusals: ["ATTACHMENT_NOT_FOUND", "ATTACHMENT_TOO_LARGE", "ATTACHMENT_QUOTA", ...imageRefusals],
    parameters: [id, tusVersion, header("Upload-Offset", "Where they begin", { type: "integer" })],
    requestBody: { required: true, content: { "application/offset+octet-stream": { schema: binary } } },
    answers: {
      204: { description: "They are here", headers: offset },
      409: { description: "The upload is not at this offset" },
      ...tusRefusals,
    },
  },
  {
    method: "delete",
    path: "/uploads/{id}",
    id: "giveUpUpload",
    summary: "Give an upload up",
    status: 204,
    refusals: ["ATTACHMENT_NOT_FOUND"],
    parameters: [id, tusVersion],
    answers: { 204: { description: "It is gone" }, ...tusRefusals },
  },
];
