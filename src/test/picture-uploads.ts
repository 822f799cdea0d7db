import { randomInt } from "node:crypto";
import type { Problem } from "~/server/rest/problem";
import { picturesPath } from "~/shared/picture-paths";
import type { UploadedPicture } from "~/shared/pictures";
import { flat } from "./pictures";
import type { Browser } from "./uploads";

interface Posted {
  status: number;
  body: UploadedPicture & Problem;
}

/** Posts `bytes` as a picture, the way the page does. */
export const postPicture = async (
  { origin, member }: Browser,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Posted> => {
  const response = await fetch(`${origin}${picturesPath}`, {
    method: "POST",
    headers: {
      "Content-Type": "image/png",
      "X-Forwarded-For": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
      ...(member && { Cookie: member.cookie }),
      ...headers,
    },
    body: new Blob([new Uint8Array(bytes)]),
  });
  return { status: response.status, body: (await response.json()) as Posted["body"] };
};

/** Uploads some picture, and answers with its id. */
export const uploadPicture = async (browser: Browser): Promise<string> => {
  const { body } = await postPicture(browser, await flat(8));
  return body.pictureId;
};
